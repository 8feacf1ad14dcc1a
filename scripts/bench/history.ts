import { undoAll } from "../faults/cleanup.ts";
import { contestants } from "./contestants.ts";
import { query, startDatabase } from "./database.ts";
import { heradesk } from "./contestants.ts";
import { measure, withStand } from "./measures.ts";
import { ms, table, times, whole } from "./table.ts";

const MESSAGES_PER_CHAT = 100;
const CHATS_AT_ONCE = 5_000;
const CUSTOMERS = 50;
const RATE = 1_000;

/** The same load on an empty database and on one with a long past: a message must not cost more for it. */
export async function runHistory(rows: number, seconds: number) {
  const database = await startDatabase();
  const [one] = contestants.filter(({ key }) => key === "c");
  if (!one) throw new Error("no contestant c");
  const measureBoth = (start: typeof one.start) =>
    withStand(database, { key: "c", start }, CUSTOMERS, async (load, stand) => ({
      atRate: await measure(database, stand, () => load.open(RATE, seconds)),
      few: await measure(database, stand, () => load.closed(seconds)),
    }));
  const empty = await measureBoth(one.start);
  const long = await measureBoth(async (url, customers) => {
    const stand = await heradesk(url, customers, 1);
    await writePast(url, rows);
    return stand;
  });
  await undoAll();
  const line = (name: string, m: typeof empty) => [
    name,
    `${whole(m.few.perSecond)}/s`,
    ms(m.atRate.seenBy.p50),
    ms(m.atRate.seenBy.p99),
    whole(m.atRate.programCpu + m.atRate.databaseCpu),
  ];
  const head = ["stored messages", `${CUSTOMERS} customers`, "at 1,000/s: seen p50", "p99", "CPU µs"];
  console.log(`\n${table(head, [line("0", empty), line(whole(rows), long)])}`);
  const ratio = long.few.perSecond / empty.few.perSecond;
  console.log(`throughput with a past: ${times(ratio)} (wanted ≥ 0.90×)`);
  return { rows, empty, long, ratio };
}

async function writePast(url: string, rows: number) {
  const chats = Math.ceil(rows / MESSAGES_PER_CHAT);
  process.stdout.write(` writing ${whole(rows)} messages …`);
  for (let from = 0; from < chats; from += CHATS_AT_ONCE) {
    await query(url, PAST, [Math.min(CHATS_AT_ONCE, chats - from), MESSAGES_PER_CHAT]);
  }
  await query(url, "vacuum analyze");
  await query(url, "checkpoint");
}

const PAST = `
  with visitor as (
    insert into visitors (id, token_hash)
    select id, sha256(id::text::bytea) from (select gen_random_uuid() as id from generate_series(1, $1)) v returning id
  ), chat as (
    insert into chat_sessions (id, visitor_id, status, last_seq, created_at, ended_at, end_reason)
    select gen_random_uuid(), id, 'resolved', $2, now() - interval '30 days', now() - interval '29 days', 'resolved'
    from visitor returning id
  )
  insert into messages (session_id, seq, sender_type, client_id, content)
  select id, n, case when n % 2 = 0 then 'cs' else 'customer' end, 'past-' || n, repeat('what was said ', 7)
  from chat cross join generate_series(1, $2) n`;
