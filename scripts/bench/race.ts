import { undoAll } from "../faults/cleanup.ts";
import { contestants, type Contestant } from "./contestants.ts";
import { startDatabase, type BenchDatabase } from "./database.ts";
import { findKnee, type Knee } from "./knee.ts";
import { measure, withStand, type Measured } from "./measures.ts";
import { ms, table, times, whole } from "./table.ts";

const FEW = 50;
const MANY = 500;
const RATE = 1_000;

interface Entry {
  key: Contestant["key"];
  name: string;
  few?: Measured;
  many?: Measured;
  atRate?: Measured;
  knee?: Knee;
}

/** All contestants over the same course; then how they compare. */
export async function runRace(options: { seconds: number; keys?: string[]; race: boolean; knee: boolean }) {
  const database = await startDatabase();
  const entries: Entry[] = [];
  for (const contestant of contestants.filter(({ key }) => options.keys?.includes(key) ?? true)) {
    const missing = contestant.missing();
    if (missing) console.log(`(${contestant.key}) ${contestant.name}: left out, ${missing}`);
    else entries.push(await course(database, contestant, options));
  }
  await undoAll();
  if (options.race) console.log(`\n${raceTable(entries)}`);
  if (options.knee) console.log(`\n${kneeTable(entries)}`);
  const ratios = ratiosOf(entries);
  console.log(
    `\n${table(
      ["ratio", "is", "wanted"],
      ratios.map((r) => [r.name, times(r.is), r.wanted]),
    )}`,
  );
  return { entries, ratios };
}

async function course(
  database: BenchDatabase,
  contestant: Contestant,
  { seconds, race, knee }: { seconds: number; race: boolean; knee: boolean },
): Promise<Entry> {
  const entry: Entry = { key: contestant.key, name: contestant.name };
  process.stdout.write(`(${entry.key}) ${entry.name} …`);
  await withStand(database, contestant, FEW, async (load, stand) => {
    if (race) {
      entry.atRate = await measure(database, stand, () => load.open(RATE, seconds));
      entry.few = await measure(database, stand, () => load.closed(seconds));
    }
    if (knee && contestant.key !== "a") entry.knee = await findKnee(load, 1_000, 40_000);
  });
  if (race) {
    await withStand(database, contestant, MANY, async (load, stand) => {
      entry.many = await measure(database, stand, () => load.closed(seconds));
    });
  }
  process.stdout.write(" done\n");
  return entry;
}

function raceTable(entries: Entry[]) {
  const head = [
    "",
    "",
    `${FEW} customers`,
    `${MANY} customers`,
    `at ${whole(RATE)}/s: ack p50`,
    "p99",
    "seen p50",
    "p99",
    "lost",
    "CPU µs program",
    "database",
  ];
  return table(
    head,
    entries.map(({ key, name, few, many, atRate }) => [
      `(${key})`,
      name,
      `${whole(few?.perSecond ?? 0)}/s`,
      `${whole(many?.perSecond ?? 0)}/s`,
      ms(atRate?.ack.p50 ?? 0),
      ms(atRate?.ack.p99 ?? 0),
      ms(atRate?.seenBy.p50 ?? 0),
      ms(atRate?.seenBy.p99 ?? 0),
      (few?.lost ?? 0) + (many?.lost ?? 0) + (atRate?.lost ?? 0),
      whole(atRate?.programCpu ?? 0),
      whole(atRate?.databaseCpu ?? 0),
    ]),
  );
}

const kneeTable = (entries: Entry[]) =>
  table(
    ["", "", "knee", "then"],
    entries.flatMap(({ key, name, knee }) =>
      knee ? [[`(${key})`, name, `${whole(knee.perSecond)}/s`, knee.then]] : [],
    ),
  );

/** What the project has set itself, and where it stands. */
function ratiosOf(entries: Entry[]) {
  const get = (key: string) => entries.find((e) => e.key === key);
  const [a, b, b2, c, d] = ["a", "b", "b2", "c", "d"].map(get);
  const better = Math.max(b?.knee?.perSecond ?? 0, b2?.knee?.perSecond ?? 0);
  const cpu = (e?: Entry) => (e?.atRate ? e.atRate.programCpu + e.atRate.databaseCpu : NaN);
  const rows: [name: string, is: number | undefined, wanted: string][] = [
    ["throughput, 50 customers, c to b", div(c?.few?.perSecond, b?.few?.perSecond), "≥ 2.50×"],
    ["throughput, 50 customers, c to a", div(c?.few?.perSecond, a?.few?.perSecond), "≥ 0.50×"],
    ["throughput, 500 customers, c to a", div(c?.many?.perSecond, a?.many?.perSecond), "≥ 0.60×"],
    ["at 1,000/s, seen p50, c to a", div(c?.atRate?.seenBy.p50, a?.atRate?.seenBy.p50), "≤ 1.60×"],
    ["at 1,000/s, seen p99, c to a", div(c?.atRate?.seenBy.p99, a?.atRate?.seenBy.p99), "≤ 2.00×"],
    ["at 1,000/s, seen p99, c to b", div(c?.atRate?.seenBy.p99, b?.atRate?.seenBy.p99), "< 1.00×"],
    ["at 1,000/s, seen p99, c to b2", div(c?.atRate?.seenBy.p99, b2?.atRate?.seenBy.p99), "< 1.00×"],
    ["knee, c to the better of b and b2", div(c?.knee?.perSecond, better || undefined), "≥ 3.00×"],
    ["two instances, CPU per message, d to c", div(cpu(d), cpu(c)), "≤ 1.20×"],
    ["two instances, seen p50, d to c", div(d?.atRate?.seenBy.p50, c?.atRate?.seenBy.p50), "≤ 1.25×"],
  ];
  return rows.flatMap(([name, is, wanted]) => (is !== undefined && Number.isFinite(is) ? [{ name, is, wanted }] : []));
}

const div = (x?: number, y?: number) => (x !== undefined && y !== undefined ? x / y : undefined);
