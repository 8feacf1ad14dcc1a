import { z } from "zod";
import { many, one, sql } from "~/db.server";
import { WAITED, type Condition } from "./chat-filter.server";
import type { FoundChat } from "./shapes";

export const FOUND_PAGE = 25;

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

export type FoundRow = z.infer<typeof foundRow>;

const OPENING_LENGTH = 140;
/** Looked through one by one before any other index is asked: as many milliseconds as that takes for a rare word. */
const WALKED = 3_000;
/** Of those, what fits more is soon met with in the list's order, and too much to be sorted. */
const COMMON = 300;

/** Where to begin, and between which days. */
export interface Place {
  days: Condition;
  before?: string | undefined;
  after?: string | undefined;
}

/** Of the next so many chats from the place on. */
export const pageNearby = (fits: Condition, place: Place) =>
  page(sql`select s.* from (${walked(place)}) s where ${fits}`, place);

/** Of all, by walking through them in the list's order. */
export const pageInOrder = (fits: Condition, place: Place) =>
  page(sql`select s.* from chat_sessions s where ${fits} and ${beyond(place)} ${orderOf(place)}`, place);

/** Of all, by sorting those that fit and then asking them for the rest, one by one. */
export const pageOfFew = (fits: Condition, place: Place, rest: Condition = sql`true`) =>
  page(
    sql`
      with few as materialized (select s.* from chat_sessions s where ${fits} and ${beyond(place)})
      select s.* from (select s.* from few s ${orderOf(place)}) s where ${rest} ${orderOf(place)}`,
    place,
  );

/** Whether so many of the next chats fit that the others will too. */
export async function isCommon(fits: Condition, place: Place): Promise<boolean> {
  const { count } = await one(
    z.object({ count: z.number() }),
    sql`select count(*)::integer as count from (${walked(place)}) s where ${fits}`,
  );
  return count >= COMMON;
}

const walked = (place: Place) =>
  sql`select s.* from chat_sessions s where ${beyond(place)} ${orderOf(place)} limit ${WALKED}`;

const orderOf = ({ after }: Place) =>
  after ? sql`order by s.created_at, s.id` : sql`order by s.created_at desc, s.id desc`;

function beyond({ days, before, after }: Place): Condition {
  const [us, id] = (after ?? before ?? "").split(".");
  if (!us) return days;
  const from = sql`(timestamptz 'epoch' + ${us}::bigint * interval '1 microsecond', ${id}::uuid)`;
  return sql`${days} and ${after ? sql`(s.created_at, s.id) > ${from}` : sql`(s.created_at, s.id) < ${from}`}`;
}

function page(fitting: Condition, place: Place): Promise<FoundRow[]> {
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
      left join users u on u.id = s.cs_id ${orderOf(place)}`,
  );
}

/** Several lists in the same order as one, each chat once. */
export function merged(lists: FoundRow[][], oldestFirst: boolean): FoundRow[] {
  const [only] = lists;
  if (only && lists.length === 1) return only;
  const all = [...new Map(lists.flat().map((row) => [row.id, row])).values()];
  const sign = oldestFirst ? 1 : -1;
  return all.sort((a, b) => sign * (a.began_us - b.began_us || (a.id < b.id ? -1 : 1))).slice(0, FOUND_PAGE + 1);
}

export const placeOf = (row: FoundRow | undefined) => (row ? `${row.began_us}.${row.id}` : null);

export const foundChat = (row: FoundRow): Omit<FoundChat, "hits"> => ({
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
