import Cursor from "pg-cursor";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { NotAllowed } from "~/chat/errors";
import { db, one, sql } from "~/db.server";
import { allOf, conditionOf, daysOf, WAITED, type ChatFilter } from "./chat-filter.server";
import { unindexedOf, wantedOf } from "./chat-sources.server";
import { saidAnywhere } from "./search-words.server";

/** What a chat looks like in an export; the names are the columns of the CSV. */
const exportRow = z.object({
  id: z.string(),
  status: z.string(),
  customer_name: z.string().nullable(),
  customer_email: z.string().nullable(),
  agent: z.string().nullable(),
  started_at: z.date(),
  waited_seconds: z.number(),
  first_reply_seconds: z.number().nullable(),
  ended_at: z.date().nullable(),
  end_reason: z.string().nullable(),
  messages: z.number(),
  rating: z.number().nullable(),
  rating_comment: z.string().nullable(),
  labels: z.string(),
  page: z.string().nullable(),
});

export type ExportRow = z.infer<typeof exportRow>;
export const EXPORT_COLUMNS = Object.keys(exportRow.shape) as (keyof ExportRow)[];

const ROWS_AT_ONCE = 500;

/**
 * All chats that fit, newest first, a batch at a time from a cursor: as much memory for a million as for a page. Ends
 * the cursor however the reader ends: at the end, by leaving the loop, or when `signal` says so. @throws NotAllowed, Invalid
 */
export async function* exportedChats(
  admin: Staff,
  filter: ChatFilter,
  signal?: AbortSignal,
): AsyncGenerator<ExportRow[]> {
  mustBeAdmin(admin);
  const where = await anyOf(filter);
  const client = await db().connect();
  let broken: Error | undefined;
  const onError = (error: Error) => (broken = error);
  client.on("error", onError);
  // A reader who is slow is not a query that hangs.
  await client.query("set statement_timeout = 0");
  const { text, values } = chatsFor(where);
  const cursor = client.query(new Cursor<ExportRow>(text, values));
  try {
    while (!signal?.aborted) {
      const rows = await cursor.read(ROWS_AT_ONCE);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await cursor.close().catch((error: Error) => (broken = error));
    await client.query("reset statement_timeout").catch((error: Error) => (broken = error));
    client.off("error", onError);
    client.release(broken);
  }
}

/** How many an export would have. @throws NotAllowed, Invalid */
export async function countChats(admin: Staff, filter: ChatFilter): Promise<number> {
  mustBeAdmin(admin);
  const { count } = await one(
    z.object({ count: z.number() }),
    sql`select count(*)::integer as count from chat_sessions s where ${await anyOf(filter)}`,
  );
  return count;
}

async function anyOf(filter: ChatFilter) {
  const unindexed = await unindexedOf(filter);
  const indexed = allOf([conditionOf(filter), ...wantedOf(filter).map(saidAnywhere)]);
  const days = await daysOf(filter);
  // Beside an or the planner cannot go by the index of words.
  return unindexed ? sql`${days} and (${indexed} or ${unindexed})` : sql`${days} and ${indexed}`;
}

function mustBeAdmin(staff: Staff) {
  if (staff.role !== "admin") throw new NotAllowed("Only admins read all chats.");
}

const chatsFor = (where: ReturnType<typeof sql>) => sql`
  select s.id, s.status, s.customer_name, s.customer_email, u.name as agent, s.created_at as started_at,
    round(extract(epoch from ${WAITED}))::integer as waited_seconds,
    round(extract(epoch from s.first_reply_at - s.created_at))::integer as first_reply_seconds,
    s.ended_at, s.end_reason, s.last_seq as messages, s.rating, s.rating_feedback as rating_comment,
    coalesce((select string_agg(l.name, ', ' order by l.name) from chat_labels cl join labels l on l.id = cl.label_id
      where cl.session_id = s.id), '') as labels,
    s.source_url as page
  from chat_sessions s left join users u on u.id = s.cs_id
  where ${where} order by s.created_at desc, s.id desc`;
