import { undoAll } from "../faults/cleanup.ts";
import { heradesk } from "./contestants.ts";
import { query, startDatabase, type BenchDatabase } from "./database.ts";
import { FEW, RATE } from "./course.ts";
import { goal } from "./goals.ts";
import { measure, withStand, type Measured } from "./measures.ts";
import { ms, table, whole } from "./table.ts";

const MESSAGES_PER_CHAT = 100;
const CHATS_AT_ONCE = 2_000;

/** The same load on an empty database and on one with a long past: a message must not cost more for it. */
export async function benchHistory(rows: number, seconds: number) {
  const database = await startDatabase();
  const empty = await measureWith(database, 0, seconds);
  const long = await measureWith(database, rows, seconds);
  await undoAll();
  console.log(`\n${costTable("stored messages", { "0": empty, [whole(rows)]: long })}`);
  const name = (what: string) => `${what}: ${whole(rows)} stored messages ÷ none`;
  const cpu = (m: typeof empty) => m.few.programCpu + m.few.databaseCpu;
  const goals = [
    goal(name("throughput"), long.few.perSecond / empty.few.perSecond, { least: 0.9 }),
    goal(name("CPU for each message"), cpu(long) / cpu(empty), { most: 1.1 }),
    goal(name("agent p50"), long.atRate.toAgent.p50 / empty.atRate.toAgent.p50, { most: 1.1 }),
  ];
  return { rows, empty, long, goals };
}

/** What the same load took, each time under other circumstances. */
export const costTable = (circumstance: string, runs: Record<string, { atRate: Measured; few: Measured }>) =>
  table(
    [
      circumstance,
      `messages/s, ${FEW} customers`,
      `agent p50 ms at ${whole(RATE)}/s`,
      "p99",
      "CPU µs: program",
      "database",
    ],
    Object.entries(runs).map(([name, { atRate, few }]) => [
      name,
      whole(few.perSecond),
      ms(atRate.toAgent.p50),
      ms(atRate.toAgent.p99),
      whole(few.programCpu),
      whole(few.databaseCpu),
    ]),
  );

function measureWith(database: BenchDatabase, rows: number, seconds: number) {
  const start = async (url: string, customers: number) => {
    const stand = await heradesk(url, customers, 1);
    if (rows > 0) await writePast(url, rows);
    return stand;
  };
  return withStand(database, { key: "c", start }, FEW, async (load, stand) => ({
    atRate: await measure(database, stand, load, () =>
      load.open({ customers: FEW, perSecond: RATE, seconds: seconds * 2 }),
    ),
    few: await measure(database, stand, load, () => load.closed({ customers: FEW, seconds })),
  }));
}

/** Ended chats, always the same ones, from numbers alone, each a second older than the one before. */
export async function writePast(url: string, rows: number) {
  const chats = Math.ceil(rows / MESSAGES_PER_CHAT);
  console.log(`  writing ${whole(rows)} messages`);
  const unchecked = new URL(url);
  // What is written here refers to what is there: to look it all up again would take longer than the writing.
  unchecked.searchParams.set("options", "-c session_replication_role=replica -c synchronous_commit=off");
  for (let from = 0; from < chats; from += CHATS_AT_ONCE) {
    await query(unchecked.href, PAST, [from, Math.min(from + CHATS_AT_ONCE, chats) - 1, MESSAGES_PER_CHAT]);
  }
  await query(url, "vacuum analyze");
  await query(url, "checkpoint");
}

const PAST = `
  with past as (
    select md5('past visitor ' || n)::uuid as visitor, md5('past chat ' || n)::uuid as chat,
      now() - interval '30 days' - n * interval '1 second' as at
    from generate_series($1::int, $2::int) n
  ), visitors as (
    insert into visitors (id, token_hash) select visitor, sha256(visitor::text::bytea) from past
  ), chats as (
    insert into chat_sessions (id, visitor_id, status, last_seq, created_at, ended_at, end_reason)
    select chat, visitor, 'resolved', $3, at, at + interval '1 hour', 'resolved' from past
  )
  insert into messages (session_id, seq, sender_type, client_id, content)
  select chat, n, case when n % 2 = 0 then 'cs' else 'customer' end, 'past-' || n, repeat('what was said ', 7)
  from past cross join generate_series(1, $3::int) n`;
