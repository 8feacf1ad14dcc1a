import type { Contestant, Key } from "./contestants.ts";
import type { BenchDatabase } from "./database.ts";
import { findKnee, type Knee } from "./knee.ts";
import { measure, withStand, type Measured } from "./measures.ts";

export const FEW = 50;
export const MANY = 500;
export const RATE = 1_000;

export type Discipline = "throughput" | "latency" | "knee";

/** What one contestant did. */
export interface Entry {
  key: Key;
  name: string;
  few?: Measured;
  many?: Measured;
  atRate?: Measured;
  knee?: Knee;
}

/** One contestant through all disciplines, on one start. */
export async function run(
  database: BenchDatabase,
  contestant: Contestant,
  disciplines: Set<Discipline>,
  seconds: number,
): Promise<Entry> {
  const { key, name } = contestant;
  const entry: Entry = { key, name };
  const everybody = disciplines.has("throughput") ? MANY : FEW;
  await withStand(database, contestant, everybody, async (load, stand) => {
    if (disciplines.has("latency")) {
      entry.atRate = await measure(database, stand, load, () =>
        load.open({ customers: FEW, perSecond: RATE, seconds: seconds * 2 }),
      );
    }
    if (disciplines.has("throughput")) {
      entry.few = await measure(database, stand, load, () => load.closed({ customers: FEW, seconds }));
      entry.many = await measure(database, stand, load, () => load.closed({ customers: MANY, seconds }));
    }
    if (disciplines.has("knee") && key !== "a") entry.knee = await findKnee(load, FEW);
  });
  return entry;
}
