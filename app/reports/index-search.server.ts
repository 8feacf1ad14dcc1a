import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { exec, many, maybeOne, one, sql, transaction, type Db } from "~/db.server";
import { env } from "~/env.server";
import { log } from "~/log.server";
import { spellingsOf } from "~/people/misspelled.server";
import { BREAK, pairSome } from "./phrases.server";

const TICK_MS = 5_000;
const BETWEEN_STEPS_MS = 10;
const SEARCH_LOCK = 4_839_202;
/** A step is over long before the statement limit, also where the machine has other things to do. */
const BATCH = 100;
/** Nor do many long chats make it long. */
const MOST_MESSAGES = 10_000;
/** An open chat is written to again and again; what is newer than this is found without the index. */
const OPEN_REST_SECONDS = 60;
/** Chats are edited and rated after their end, and transactions commit later than they begin. */
const ENDED_OVERLAP = sql`interval '10 minutes'`;
export const ROWS_PER_CHUNK = 200;
/** More than that in one chunk may not fit into a vector; then each message is indexed by its beginning. */
const [WHOLE, BEGINNING] = [10_000, 400];
const TOO_LONG = "54000";

/**
 * Keeps the index of what was said; one instance at a time does. It rests most of the time: what is said comes first, what
 * may be found later second. @returns stop
 */
export function startIndexing(): () => Promise<void> {
  const share = env().SEARCH_INDEX_SHARE;
  if (share === 0) return async () => {};
  const stopping = new AbortController();
  const run = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const began = performance.now();
        const more = await indexOnce();
        const rest = (performance.now() - began) * (1 / share - 1);
        await delay(more ? Math.max(BETWEEN_STEPS_MS, rest) : rest + TICK_MS * (0.75 + Math.random() / 2), undefined, {
          signal: stopping.signal,
        });
      } catch (error) {
        if (stopping.signal.aborted) break;
        log().warn({ error: String(error) }, "indexing failed");
        await delay(TICK_MS, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  })();
  return async () => {
    stopping.abort();
    await run;
  };
}

/** Everything that is stored now, whoever else indexes: for a database that was just filled, and for tests. */
export async function indexAll(): Promise<void> {
  await exec(sql`update search_progress set backfill_before = 'infinity'`);
  while (await indexOnce({ restSeconds: 0 }));
}

const progressRow = z.object({ backfilling: z.boolean(), since: z.date() });

const progress = (on?: Db) =>
  one(
    progressRow,
    sql`
      select backfill_before is not null as backfilling, ended_through - ${ENDED_OVERLAP} as since
      from search_progress`,
    on,
  );

/** The ids of chats that may have more than their index: the open ones, and those that ended since. */
export async function recentChats(on?: Db) {
  const { since } = await progress(on);
  return sql`(
    select id from chat_sessions where status in ('waiting', 'active')
    union all
    select id from chat_sessions where ended_at > ${since})`;
}

const idRow = z.object({ id: z.string() });

/** One step. @returns whether there is more to do at once. */
export function indexOnce({ restSeconds = OPEN_REST_SECONDS } = {}): Promise<boolean> {
  return transaction(async (tx) => {
    const { mine } = await one(
      z.object({ mine: z.boolean() }),
      sql`select pg_try_advisory_xact_lock(${SEARCH_LOCK}) as mine`,
      tx,
    );
    if (!mine) return false;
    const { backfilling } = await progress(tx);
    const fresh = await freshChats(tx, restSeconds);
    const past = !fresh.more && backfilling ? await pastChats(tx) : [];
    await indexChats(tx, [...fresh.ids, ...past]);
    if (!fresh.more) await exec(sql`update search_progress set ended_through = now()`, tx);
    if (fresh.more || (backfilling && past.length > 0)) return true;
    return (await pairSome(tx, BATCH)) === BATCH;
  });
}

const freshRow = idRow.extend({ before: z.number() });

/**
 * Chats that have more than their index: those that ended lately, and open ones that have rested; as many as a step has
 * time for, and whether there are more.
 */
async function freshChats(tx: Db, restSeconds: number): Promise<{ ids: string[]; more: boolean }> {
  const rows = await many(
    freshRow,
    sql`
      select id, sum(missing) over (rows unbounded preceding) - missing as before from (
        select s.id, s.last_seq - coalesce(known.through_seq, 0) as missing from ${await recentChats(tx)} recent
        join chat_sessions s on s.id = recent.id
        left join lateral (
          select c.through_seq, c.indexed_at from search_chunks c where c.session_id = s.id order by c.chunk desc limit 1
        ) known on true
        where s.last_seq > coalesce(known.through_seq, 0)
          and (s.ended_at is not null
            or coalesce(known.indexed_at, s.created_at) <= now() - make_interval(secs => ${restSeconds}))
        limit ${BATCH}
      ) due`,
    tx,
  );
  const ids = rows.flatMap(({ id, before }) => (before < MOST_MESSAGES ? [id] : []));
  return { ids, more: rows.length === BATCH || ids.length < rows.length };
}

/** The next ones back in time, as long as there are any. */
async function pastChats(tx: Db): Promise<string[]> {
  const rows = await many(
    idRow.extend({ open: z.boolean(), created_at: z.date() }),
    sql`
      select s.id, s.ended_at is null as open, s.created_at from chat_sessions s, search_progress
      where s.created_at < backfill_before order by s.created_at desc fetch first ${BATCH} rows with ties`,
    tx,
  );
  const last = rows.at(-1);
  await exec(
    last
      ? sql`update search_progress set backfill_before = (select created_at from chat_sessions where id = ${last.id})`
      : sql`update search_progress set backfill_before = null`,
    tx,
  );
  return rows.filter(({ open }) => !open).map(({ id }) => id);
}

async function indexChats(tx: Db, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await exec(sql`savepoint whole`, tx);
  try {
    await write(tx, ids, WHOLE);
  } catch (error) {
    if ((error as { code?: string }).code !== TOO_LONG) throw error;
    await exec(sql`rollback to savepoint whole`, tx);
    await write(tx, ids, BEGINNING);
  }
  await exec(sql`release savepoint whole`, tx);
}

/**
 * From the chunk on in which the index ends; a chat in which something was changed since, from its beginning. Beside the
 * words there are the customer's names, also misspelled.
 */
const write = (tx: Db, ids: string[], longest: number) =>
  exec(
    sql`
      with stale as (
        select s.id, s.last_seq, s.customer_name, s.customer_email, coalesce(
          case when not exists (
            select 1 from messages m where m.session_id = s.id and m.seq > known.through_seq and m.event ? 'seq'
          ) then known.through_seq / ${ROWS_PER_CHUNK} end, 0) as first_chunk
        from chat_sessions s
        left join lateral (select max(c.through_seq) as through_seq from search_chunks c where c.session_id = s.id) known on true
        where s.id = any(${ids}::uuid[])
      ), said as (
        select stale.id, m.seq / ${ROWS_PER_CHUNK} as chunk, max(m.seq) as through_seq,
          string_agg(left(m.content, ${longest}), ${BREAK} order by m.seq) filter (where ${WRITTEN}) as content
        from stale join messages m on m.session_id = stale.id and m.seq >= stale.first_chunk * ${ROWS_PER_CHUNK}
        group by 1, 2
      )
      insert into search_chunks (session_id, chunk, through_seq, words)
      select said.id, said.chunk, said.through_seq,
        ${vectorOf(sql`coalesce(said.content, '')`)}
          || ${vectorOf(sql`concat_ws(${BREAK}, '', stale.customer_name, stale.customer_email)`)}
          || ${spellingsOf(sql`stale.customer_name`)}
      from said join stale on stale.id = said.id
      order by said.id, said.chunk
      on conflict (session_id, chunk) do update
        set through_seq = excluded.through_seq, words = excluded.words, indexed_at = now()`,
    tx,
  );

/** Of HD-1234 or an address PostgreSQL makes one word, and of <b> none: without their marks all parts can be found. */
const MARKS = "-/_.:@&=~<>#%+\\";

/** What of a text can be found. */
export function vectorOf(text: ReturnType<typeof sql>) {
  return sql`to_tsvector('simple', translate(${text}, ${MARKS}, ${" ".repeat(MARKS.length)}))`;
}

/** Rows of the log that people wrote, over messages m. */
export const WRITTEN = sql`(m.sender_type <> 'system' or m.event ->> 'kind' = 'handover')`;

const stateRow = z.object({ before: z.date().nullable() });

/** Chats that began before this moment cannot be found by words yet; null: all can. */
export async function indexedSince(): Promise<Date | null> {
  const row = await maybeOne(
    stateRow,
    sql`
      select least(backfill_before, now()) as before from search_progress
      where exists (select 1 from chat_sessions where created_at < backfill_before)`,
  );
  return row?.before ?? null;
}
