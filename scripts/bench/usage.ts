import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** CPU seconds of processes and what they have started, so far; 0 where there is no /proc. */
export function cpuSeconds(pids: number[]): number {
  return tree(pids).reduce((sum, pid) => sum + ticksOf(pid) / TICKS_PER_SECOND, 0);
}

/** Resident memory: bytes. */
export function residentBytes(pid: number): number {
  const status = read(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

function tree(roots: number[]): number[] {
  const parents = new Map<number, number>();
  for (const name of listProcesses()) {
    const stat = afterName(read(`/proc/${name}/stat`));
    parents.set(Number(name), Number(stat[1] ?? 0));
  }
  const found = new Set(roots);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Its own, and that of children which have ended. */
function ticksOf(pid: number): number {
  const stat = afterName(read(`/proc/${pid}/stat`));
  return [11, 12, 13, 14].reduce((sum, field) => sum + Number(stat[field] ?? 0), 0);
}

/** The fields behind the name, which may contain anything: state is the first. */
const afterName = (stat: string) => stat.slice(stat.lastIndexOf(")") + 2).split(" ");

function listProcesses() {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
