import type { BenchDatabase } from "./database.ts";
import type { Contestant, Stand } from "./contestants.ts";
import { startLoad, type Load } from "./load-process.ts";
import type { Figures } from "./loops.ts";
import { cpuSeconds } from "./usage.ts";

export interface Measured extends Figures {
  /** Microseconds of CPU for each acknowledged or seen message. */
  programCpu: number;
  databaseCpu: number;
}

const AT_ONCE = 50;

/** A contestant on an empty database with everybody connected, for as long as `work` takes. */
export async function withStand<T>(
  database: BenchDatabase,
  contestant: Pick<Contestant, "key" | "start">,
  customers: number,
  work: (load: Load, stand: Stand) => Promise<T>,
): Promise<T> {
  const url = await database.empty(`bench_${contestant.key}`);
  const stand = await contestant.start(url, customers);
  const load = startLoad();
  try {
    const { opened, failures } = await load.connect({ places: stand.places, dialect: stand.dialect, atOnce: AT_ONCE });
    if (failures > 0) throw new Error(`${contestant.key}: ${failures} of ${opened + failures} sockets did not open`);
    return await work(load, stand);
  } finally {
    await load.stop();
    await stand.stop();
  }
}

/** Figures of one loop with the CPU time that it took, warm-up and grace included in both. */
export async function measure(database: BenchDatabase, stand: Stand, loop: () => Promise<Figures>): Promise<Measured> {
  const programs = stand.programs.map((program) => program.pid);
  const before = [cpuSeconds(programs), cpuSeconds(database.pids())];
  const figures = await loop();
  const [program = 0, db = 0] = [cpuSeconds(programs), cpuSeconds(database.pids())].map((s, i) => s - (before[i] ?? 0));
  const messages = Math.max(1, figures.everSeen);
  return { ...figures, programCpu: (program / messages) * 1e6, databaseCpu: (db / messages) * 1e6 };
}
