import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { onEnd, undoAll } from "../faults/cleanup.ts";
import { heradesk } from "./contestants.ts";
import { FEW, RATE } from "./course.ts";
import { query, startDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { costTable, writePast } from "./history.ts";
import { measure, withStand, type Measured } from "./measures.ts";
import { middle } from "./middle.ts";

/** So much to index that the work lasts for all rounds. */
const PAST_MESSAGES = 1_000_000;
/** The lock of the one who keeps the index (app/reports/index-search.server.ts): while we have it, nobody does. */
const LOCK = 4_839_202;
/** It looks every few seconds whether it may, and rests nine times as long as it worked. */
const PATIENCE_MS = 60_000;

interface Round {
  atRate: Measured;
  few: Measured;
}

/** The same load in turns with the search index being kept all the while and not at all: what it takes from messages. */
export async function benchIndexing(seconds: number, rounds: number, past = PAST_MESSAGES) {
  const database = await startDatabase();
  const off: Round[] = [];
  const on: Round[] = [];
  const start = async (url: string, customers: number) => {
    const stand = await heradesk(url, customers, 1);
    await writePast(url, past);
    return { ...stand, url };
  };
  let url = "";
  const key = "c" as const;
  const contestant = { key, start: async (at: string, n: number) => ((url = at), start(at, n)) };
  await withStand(database, contestant, FEW, async (load, stand) => {
    const keeper = await holder(url);
    const round = async (): Promise<Round> => ({
      atRate: await measure(database, stand, load, () => load.open({ customers: FEW, perSecond: RATE, seconds })),
      few: await measure(database, stand, load, () => load.closed({ customers: FEW, seconds })),
    });
    await query(url, "update search_progress set backfill_before = 'infinity'");
    for (let n = 1; n <= rounds; n++) {
      console.log(`  round ${n}`);
      // Whoever is second finds the machine as the first left it: they take turns in that too.
      for (const kept of n % 2 === 1 ? [false, true] : [true, false]) {
        await (kept ? keeper.letWork() : keeper.hold());
        (kept ? on : off).push(await round());
        if (kept && !(await isBehind(url)))
          throw new Error("everything is indexed before the end: write a longer past");
      }
    }
  });
  await undoAll();
  const [without, kept] = [middle(off), middle(on)];
  console.log(`\n${costTable("search index", { "at rest": without, "being kept": kept })}`);
  const name = (what: string) => `${what}: index being kept ÷ at rest`;
  const goals = [
    goal(name("throughput"), kept.few.perSecond / without.few.perSecond, { least: 0.9 }),
    goal(name("agent p50"), kept.atRate.toAgent.p50 / without.atRate.toAgent.p50, { most: 1.1 }),
  ];
  return { past, off, on, goals };
}

/** Stands in for another copy of the program that keeps the index, and does nothing. */
async function holder(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onEnd(() => client.end().catch(() => {}));
  let held = false;
  return {
    async hold() {
      if (!held) await client.query("select pg_advisory_lock($1)", [LOCK]);
      held = true;
    },
    /** Until it works. */
    async letWork() {
      if (held) await client.query("select pg_advisory_unlock($1)", [LOCK]);
      held = false;
      const before = await lastIndexed(url);
      for (const deadline = performance.now() + PATIENCE_MS; (await lastIndexed(url)) === before; await delay(200)) {
        if (performance.now() > deadline) throw new Error("nobody keeps the index");
      }
    },
  };
}

/** When something was last put into the index, by the database's clock. */
const lastIndexed = async (url: string) =>
  (await query<{ at: string }>(url, "select max(indexed_at)::text as at from search_chunks"))[0]?.at;

const isBehind = async (url: string) =>
  (await query<{ b: boolean }>(url, "select backfill_before is not null as b from search_progress"))[0]?.b ?? false;
