import { z } from "zod";
import { many, one, sql } from "~/db.server";
import type { Staff } from "~/auth/actor";
import { settings } from "~/settings/settings.server";
import { NotAllowed } from "./errors";
import type { ChatSummary } from "./shapes";

const PREVIEW_LENGTH = 140;
const LIST_LIMIT = 1_000;

const summaryRow = z.object({
  id: z.string(),
  status: z.enum(["waiting", "active", "resolved", "abandoned"]),
  customer_name: z.string().nullable(),
  customer_email: z.string().nullable(),
  source_url: z.string().nullable(),
  user_agent: z.string().nullable(),
  cs_id: z.number().nullable(),
  cs_name: z.string().nullable(),
  last_seq: z.number(),
  assigned_seq: z.number(),
  preview_sender: z.enum(["customer", "cs", "system"]).nullable(),
  preview: z.string().nullable(),
  unread: z.number(),
  waiting_since: z.date().nullable(),
  last_message_at: z.date(),
  queued_at: z.date(),
  returned: z.boolean(),
  created_at: z.date(),
  ended_at: z.date().nullable(),
  customer_read_seq: z.number(),
  rating: z.number().nullable(),
  arrival: z.string().nullable(),
  handover: z.object({ fromName: z.string(), waitedSeconds: z.number().nullable() }).nullable(),
  handover_note: z.string().nullable(),
});

/** The chats this agent holds, oldest first. */
export const myChats = (staff: Pick<Staff, "userId">) =>
  chatSummaries(sql`s.cs_id = ${staff.userId} and s.status = 'active'`, sql`s.assigned_at, s.id`);

const queueOrder = sql`s.returned desc, s.queued_at, s.id`;

/** Who waits, in the order in which they will be served. */
export const queuedChats = (limit = LIST_LIMIT) => chatSummaries(sql`s.status = 'waiting'`, queueOrder, limit);

/** Those of them that wait, in that order. */
export const waitingChats = (ids: string[]) =>
  chatSummaries(sql`s.id = any (${ids}::uuid[]) and s.status = 'waiting'`, queueOrder);

export async function waitingCount(): Promise<number> {
  const { n } = await one(
    z.object({ n: z.number() }),
    sql`select count(*)::integer as n from chat_sessions where status = 'waiting'`,
  );
  return n;
}

const MOST_OF_ALL = 300;

/** Whether this one may read the chats of colleagues. */
export const seesAll = async ({ role }: Staff) => role === "admin" || (await settings()).agentsSeeAll;

/** Everybody's open chats, the oldest first. @throws NotAllowed */
export async function allChats(staff: Staff): Promise<ChatSummary[]> {
  if (!(await seesAll(staff))) throw new NotAllowed();
  return chatSummaries(sql`s.status in ('waiting', 'active')`, sql`s.created_at, s.id`, MOST_OF_ALL);
}

/** A message may be nothing but files. */
const firstFileName = sql`coalesce((
  select a.name from message_attachments f join attachments a on a.id = f.attachment_id
  where f.session_id = m.session_id and f.seq = m.seq order by f.position limit 1), '')`;

/** Chats by a condition over chat_sessions s. */
export async function chatSummaries(
  where: ReturnType<typeof sql>,
  order: ReturnType<typeof sql>,
  limit = LIST_LIMIT,
): Promise<ChatSummary[]> {
  const rows = await many(
    summaryRow,
    sql`
      select s.id, s.status, s.customer_name, s.customer_email, s.source_url, s.user_agent, s.cs_id, u.name as cs_name,
        s.last_seq, s.assigned_seq, newest.sender_type as preview_sender, left(newest.shown, ${PREVIEW_LENGTH}) as preview,
        open.unread, open.waiting_since, s.last_message_at, s.queued_at, s.returned, s.created_at, s.ended_at,
        s.customer_read_seq, s.rating, arrived.event ->> 'kind' as arrival, handed.event as handover,
        handed.content as handover_note
      from chat_sessions s
      left join users u on u.id = s.cs_id
      left join messages arrived on arrived.session_id = s.id and arrived.seq = s.assigned_seq
      left join messages handed on handed.session_id = s.id and handed.seq = s.assigned_seq + 1
        and handed.event ->> 'kind' = 'handover'
      left join lateral (
        select sender_type, case when content = '' then ${firstFileName} else content end as shown from messages m
        where m.session_id = s.id and m.sender_type <> 'system' and m.visibility = 'all'
        order by m.seq desc limit 1
      ) newest on true
      cross join lateral (
        select count(*) filter (where m.seq > s.cs_read_seq)::integer as unread,
          min(m.created_at) filter (where m.seq > s.last_cs_seq) as waiting_since
        from messages m
        where m.session_id = s.id and m.sender_type = 'customer' and m.seq > least(s.cs_read_seq, s.last_cs_seq)
      ) open
      where ${where} order by ${order} limit ${limit}`,
  );
  return rows.map(toSummary);
}

function toSummary(row: z.infer<typeof summaryRow>): ChatSummary {
  const open = row.ended_at === null;
  return {
    id: row.id,
    status: row.status,
    customerName: row.customer_name,
    customerEmail: row.customer_email,
    sourceUrl: row.source_url,
    userAgent: row.user_agent,
    csId: row.cs_id,
    csName: row.cs_name,
    lastSeq: row.last_seq,
    assignedSeq: row.assigned_seq,
    preview: row.preview_sender ? { senderType: row.preview_sender, content: row.preview ?? "" } : null,
    unread: open ? row.unread : 0,
    waitingSince: open ? (row.waiting_since?.toISOString() ?? null) : null,
    lastMessageAt: row.last_message_at.toISOString(),
    queuedAt: row.queued_at.toISOString(),
    ...(row.status === "waiting" && row.returned && { returned: true as const }),
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    customerReadSeq: row.customer_read_seq,
    arrival: open && row.arrival ? (row.arrival === "transferred" ? "transferred" : "assigned") : null,
    handover: open && row.handover ? { ...row.handover, note: row.handover_note ?? "" } : null,
    rating: row.rating,
  };
}
