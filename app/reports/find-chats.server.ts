import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { Invalid, NotAllowed } from "~/chat/errors";
import { many, sql } from "~/db.server";
import { chatFilter, conditionOf, WAITED, type ChatFilter } from "./chat-filter.server";
import { customerQuery, hitsIn, said, saidNearby, staleMatches, wordsQuery } from "./search-words.server";
import type { FoundChat } from "./shapes";

export const FOUND_PAGE = 25;

/** A place in the list: the microsecond in which a chat began, and its id. */
const cursor = z.string().regex(/^\d{1,17}\.[0-9a-f-]{36}$/, "This address was cut.");

export const findInput = chatFilter.extend({
  /** The page that comes after this place (older), or the one before it (newer). */
  before: cursor.optional(),
  after: cursor.optional(),
});

export interface FoundPage {
  chats: FoundChat[];
  /** Places to go on from; null where there is nothing more. */
  older: string | null;
  newer: string | null;
}

type Condition = ReturnType<typeof sql>;
type Matching = (query: Condition) => Condition | Promise<Condition>;

/** All chats that fit, newest first, a page of them. @throws NotAllowed, Invalid */
export async function findChats(admin: Staff, input: z.infer<typeof findInput>): Promise<FoundPage> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins read all chats.");
  const { before, after } = input;
  const rows = merged(await pages(input), after !== undefined);
  const shown = after === undefined ? rows.slice(0, FOUND_PAGE) : rows.slice(0, FOUND_PAGE).reverse();
  const more = rows.length > FOUND_PAGE;
  const hits = input.q
    ? await hitsIn(
        shown.map(({ id }) => id),
        input.q,
      )
    : null;
  return {
    chats: shown.map((row) => ({ ...toFound(row), hits: hits?.get(row.id) ?? [] })),
    older: (after === undefined ? more : shown.length > 0) ? placeOf(shown.at(-1)) : null,
    newer: (after === undefined ? before !== undefined && shown.length > 0 : more) ? placeOf(shown[0]) : null,
  };
}

/** A page of each source; of words by walking the newest chats first, where common ones are soon met with. */
async function pages(input: z.infer<typeof findInput>): Promise<FoundRow[][]> {
  const stale = await staleOf(input);
  const [found = sql`true`, ...others] = await sourcesOf(input, saidNearby, stale);
  const isByWords = input.q !== undefined || input.customer !== undefined;
  const nearby = await page(found, input, isByWords ? WALKED : undefined);
  if (!isByWords || nearby.length > FOUND_PAGE) return [nearby, ...(await pagesOf(others, input))];
  return pagesOf(await sourcesOf(input, said, stale), input);
}

const pagesOf = (sources: Condition[], place: Place) => Promise.all(sources.map((source) => page(source, place)));

/**
 * The chats that fit, as conditions over chat_sessions s that are asked one by one: each can then be answered by its own
 * index, the words' or the time's. A chat may fit more than one. `stale`: what staleOf says. @throws Invalid
 */
export async function sourcesOf(filter: ChatFilter, matching: Matching, stale: string[]): Promise<Condition[]> {
  const other = await conditionOf(filter);
  const named = filter.customer ? sql`${other} and ${await isNamed(filter.customer, matching)}` : other;
  if (filter.q === undefined) return [named];
  const found = sql`${named} and ${await matching(queryOf(filter.q))}`;
  return stale.length === 0 ? [found] : [found, sql`${named} and s.id = any(${stale}::uuid[])`];
}

/** The chats whose words match, but not yet in the index. @throws Invalid */
export const staleOf = async ({ q }: ChatFilter) => (q === undefined ? [] : staleMatches(queryOf(q)));

function queryOf(typed: string) {
  const query = wordsQuery(typed);
  if (!query) throw new Invalid("Write a word to search for.", { q: "Write a word to search for." });
  return query;
}

async function isNamed(customer: string, matching: Matching) {
  const query = customerQuery(customer);
  if (!query) throw new Invalid("Write a name.", { customer: "Write a name." });
  return matching(sql`${query}::tsquery`);
}

const foundRow = z.object({
  id: z.string(),
  status: z.enum(["waiting", "active", "resolved", "abandoned"]),
  customer_name: z.string().nullable(),
  customer_email: z.string().nullable(),
  cs_id: z.number().nullable(),
  cs_name: z.string().nullable(),
  created_at: z.date(),
  began_us: z.number(),
  ended_at: z.date().nullable(),
  end_reason: z.enum(["resolved", "customer", "idle", "admin"]).nullable(),
  waited: z.number(),
  last_seq: z.number(),
  rating: z.number().nullable(),
  labels: z.array(z.string()),
  opening: z.string().nullable(),
});

type FoundRow = z.infer<typeof foundRow>;

const OPENING_LENGTH = 140;
/** Looked through one by one before the index of words is asked: as many milliseconds as that takes for a rare word. */
const WALKED = 3_000;

interface Place {
  before?: string | undefined;
  after?: string | undefined;
}

/** `among`: of the next so many chats from the place on, in the list's order. */
function page(where: Condition, { before, after }: Place, among?: number): Promise<FoundRow[]> {
  const place = after ?? before;
  const from = place
    ? sql`(timestamptz 'epoch' + ${place.split(".")[0]}::bigint * interval '1 microsecond', ${place.split(".")[1]}::uuid)`
    : null;
  const beyond = from && (after ? sql`and (s.created_at, s.id) > ${from}` : sql`and (s.created_at, s.id) < ${from}`);
  const order = after ? sql`order by s.created_at, s.id` : sql`order by s.created_at desc, s.id desc`;
  const next = sql`select s.* from chat_sessions s where true ${beyond ?? sql``} ${order} limit ${among}`;
  const fitting = among
    ? sql`select s.* from (${next}) s where ${where} ${order}`
    : sql`select s.* from chat_sessions s where ${where} ${beyond ?? sql``} ${order}`;
  return many(
    foundRow,
    sql`
      select s.id, s.status, s.customer_name, s.customer_email, s.cs_id, u.name as cs_name, s.created_at,
        (extract(epoch from s.created_at) * 1000000)::bigint as began_us, s.ended_at, s.end_reason,
        extract(epoch from ${WAITED})::float8 as waited, s.last_seq, s.rating,
        array(select l.name from chat_labels cl join labels l on l.id = cl.label_id where cl.session_id = s.id order by l.name) as labels,
        (select left(m.content, ${OPENING_LENGTH}) from messages m
          where m.session_id = s.id and m.sender_type = 'customer' and m.content <> '' order by m.seq limit 1) as opening
      from (${fitting} limit ${FOUND_PAGE + 1}) s
      left join users u on u.id = s.cs_id ${order}`,
  );
}

/** Several lists in the same order as one, each chat once. */
function merged(lists: FoundRow[][], oldestFirst: boolean): FoundRow[] {
  const [only] = lists;
  if (only && lists.length === 1) return only;
  const all = [...new Map(lists.flat().map((row) => [row.id, row])).values()];
  const sign = oldestFirst ? 1 : -1;
  return all.sort((a, b) => sign * (a.began_us - b.began_us || (a.id < b.id ? -1 : 1))).slice(0, FOUND_PAGE + 1);
}

const placeOf = (row: FoundRow | undefined) => (row ? `${row.began_us}.${row.id}` : null);

const toFound = (row: FoundRow): Omit<FoundChat, "hits"> => ({
  id: row.id,
  status: row.status,
  customerName: row.customer_name,
  customerEmail: row.customer_email,
  csId: row.cs_id,
  csName: row.cs_name,
  createdAt: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  endReason: row.end_reason,
  waitedSeconds: Math.max(0, Math.round(row.waited)),
  length: row.last_seq,
  rating: row.rating,
  labels: row.labels,
  opening: row.opening,
});
