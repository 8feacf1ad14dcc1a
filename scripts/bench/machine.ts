import { execFileSync } from "node:child_process";
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";

export interface Machine {
  cpu: string;
  cores: number;
  node: string;
  /** Milliseconds that a small write takes to reach the disk, the median of many. */
  flushMs: number;
  commit: string;
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  node: process.version,
  flushMs: flushMs(),
  commit: commit(),
});

export const describe = ({ cpu, cores, node, flushMs, commit }: Machine) =>
  `${cores} × ${cpu}, Node ${node}, a flush takes ${flushMs.toFixed(2)} ms, commit ${commit}`;

/** Where the database will lie. */
function flushMs() {
  const path = join(tmpdir(), `heradesk-flush-${process.pid}`);
  const file = openSync(path, "w");
  try {
    const times = Array.from({ length: 50 }, () => {
      const began = performance.now();
      writeSync(file, Buffer.alloc(8_192), 0, 8_192, 0);
      fdatasyncSync(file);
      return performance.now() - began;
    });
    return times.sort((a, b) => a - b)[25] ?? 0;
  } finally {
    closeSync(file);
    rmSync(path);
  }
}

function commit() {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") ? "+" : "");
  } catch {
    return "unknown";
  }
}
