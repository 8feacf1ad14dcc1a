import type { BenchDatabase } from "./database.ts";
import type { Contestant, Stand } from "./contestants.ts";
import { startLoad, type Load } from "./load-process.ts";
import type { Figures } from "./load/tally.ts";
import { cpuSeconds } from "./usage.ts";

export interface Measured extends Figures {
  /** Microseconds of CPU for each message: of the program (all instances), of the database, of the load itself. */
  programCpu: number;
  databaseCpu: number;
  loadCpu: number;
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
    await load.connect({ places: stand.agents, dialect: stand.dialect, atOnce: AT_ONCE });
    await load.connect({ places: stand.customers, dialect: stand.dialect, atOnce: AT_ONCE });
    return await work(load, stand);
  } finally {
    await load.stop();
    await stand.stop();
  }
}

/** Figures of one loop with the CPU time that it took, warm-up and the wait for the last ones included in both. */
export async function measure(
  database: BenchDatabase,
  stand: Stand,
  load: Load,
  loop: () => Promise<Figures>,
): Promise<Measured> {
  const parts = [stand.programs.map((program) => program.pid), [database.pid], [load.pid]];
  const before = parts.map(cpuSeconds);
  const figures = await loop();
  const [program = 0, db = 0, own = 0] = parts.map((pids, i) => cpuSeconds(pids) - (before[i] ?? 0));
  const each = 1e6 / Math.max(1, figures.acked);
  return { ...figures, programCpu: program * each, databaseCpu: db * each, loadCpu: own * each };
}
