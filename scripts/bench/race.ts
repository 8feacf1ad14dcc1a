import { undoAll } from "../faults/cleanup.ts";
import { contestants } from "./contestants.ts";
import { FEW, MANY, RATE, run, type Discipline, type Entry } from "./course.ts";
import { startDatabase } from "./database.ts";
import { goals } from "./goals.ts";
import { middle } from "./middle.ts";
import { ms, table, whole } from "./table.ts";

interface Options {
  disciplines: Set<Discipline>;
  seconds: number;
  rounds: number;
  keys?: string[];
}

/** All contestants over the same course, in turns; each figure is the middle one of its rounds. */
export async function race({ disciplines, seconds, rounds, keys }: Options) {
  const database = await startDatabase();
  const takingPart = contestants.filter(({ key }) => keys?.includes(key) ?? true);
  const runs: Entry[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const contestant of takingPart) {
      console.log(`  round ${round}: (${contestant.key}) ${contestant.name}`);
      runs.push(await run(database, contestant, disciplines, seconds));
    }
  }
  await undoAll();
  const entries = takingPart.map(({ key }) => middle(runs.filter((entry) => entry.key === key)));
  if (disciplines.has("throughput")) console.log(`\n${throughputTable(entries)}`);
  if (disciplines.has("latency")) console.log(`\n${latencyTable(entries)}`);
  if (disciplines.has("knee")) console.log(`\n${kneeTable(entries)}`);
  return { entries, goals: goals(entries), runs };
}

const throughputTable = (entries: Entry[]) =>
  table(
    [
      `messages/s`,
      "",
      `${FEW} customers`,
      `${MANY} customers`,
      "p50 ms",
      "p99 ms",
      "lost",
      "CPU µs: program",
      "database",
    ],
    entries.map(({ key, name, few, many }) => [
      `(${key})`,
      name,
      whole(few?.perSecond ?? 0),
      whole(many?.perSecond ?? 0),
      ms(many?.ack.p50 ?? 0),
      ms(many?.ack.p99 ?? 0),
      (few?.lost ?? 0) + (many?.lost ?? 0),
      whole(few?.programCpu ?? 0),
      whole(few?.databaseCpu ?? 0),
    ]),
  );

const latencyTable = (entries: Entry[]) =>
  table(
    [
      `ms at ${whole(RATE)}/s`,
      "",
      "ack p50",
      "p99",
      "agent p50",
      "p99",
      "lost",
      "CPU µs: program",
      "database",
      "load late p99",
    ],
    entries.map(({ key, name, atRate: at }) => [
      `(${key})`,
      name,
      ms(at?.ack.p50 ?? 0),
      ms(at?.ack.p99 ?? 0),
      ms(at?.toAgent.p50 ?? 0),
      ms(at?.toAgent.p99 ?? 0),
      at?.lost ?? 0,
      whole(at?.programCpu ?? 0),
      whole(at?.databaseCpu ?? 0),
      ms(at?.late.p99 ?? 0),
    ]),
  );

const kneeTable = (entries: Entry[]) =>
  table(
    ["knee", "", "messages/s", "and then"],
    entries.flatMap(({ key, name, knee }) => (knee ? [[`(${key})`, name, whole(knee.perSecond), knee.then]] : [])),
  );
