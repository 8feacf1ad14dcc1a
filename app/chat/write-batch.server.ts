import { z } from "zod";
import { db } from "~/db.server";
import { messageRow, type MessageRow } from "./message-row.server";

/** One send, as the writer takes it. Who may write is decided in the statement below, not before it. */
export interface Draft {
  sessionId: string;
  senderType: "customer" | "cs";
  visitorId: string | null;
  senderId: number | null;
  senderName: string | null;
  /** Admins may write into any open chat. */
  anyChat: boolean;
  clientId: string;
  messageType: "text" | "image" | "file";
  visibility: "all" | "staff";
  content: string;
  /** Refuse when a colleague has answered after this seq. */
  expectedSeq: number | null;
}

const outcomeRow = z.object({
  ord: z.number(),
  outcome: z.enum(["new", "repeat", "not_found", "ended", "overtaken"]),
});

export type Outcome = { outcome: "new" | "repeat"; row: MessageRow } | { outcome: "not_found" | "ended" | "overtaken" };

/**
 * Writes many sends in one statement, one commit: locks the chats in id order (so two instances cannot deadlock), finds
 * repeats by client id, checks who may write, numbers the new ones from the chat's own counter, inserts, moves the chat on.
 * A twin in the same batch, or a repeat committed by another instance while we waited for the lock, breaks the
 * unique index and fails the whole statement: nothing is numbered, and the caller tries again.
 * @returns one outcome for each draft, in their order.
 */
export async function writeBatch(drafts: Draft[]): Promise<Outcome[]> {
  const { rows } = await db().query({ name: "write-batch", text: WRITE_BATCH, values: columnsOf(drafts) });
  const outcomes: Outcome[] = new Array(drafts.length);
  for (const raw of rows) {
    const row = outcomeRow.parse(raw);
    const found = row.outcome === "new" || row.outcome === "repeat";
    outcomes[row.ord - 1] = found
      ? { outcome: row.outcome as "new", row: messageRow.parse(raw) }
      : { outcome: row.outcome as "ended" };
  }
  return outcomes;
}

function columnsOf(drafts: Draft[]) {
  const column = <K extends keyof Draft>(key: K) => drafts.map((d) => d[key]);
  return [
    column("sessionId"),
    column("senderType"),
    column("visitorId"),
    column("senderId"),
    column("senderName"),
    column("anyChat"),
    column("clientId"),
    column("messageType"),
    column("visibility"),
    column("content"),
    column("expectedSeq"),
  ];
}

const WRITE_BATCH = `
with drafts as materialized (
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::boolean[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::integer[]) with ordinality
    as d (session_id, sender_type, visitor_id, sender_id, sender_name, any_chat, client_id,
      message_type, visibility, content, expected_seq, ord)
), locked as materialized (
  select s.id, s.visitor_id, s.cs_id, s.status, s.last_seq, s.customer_name
  from chat_sessions s where s.id = any ($1::uuid[])
  order by s.id for update
), judged as materialized (
  select d.*, s.last_seq, coalesce(d.sender_name, s.customer_name) as shown_name, stored.seq as stored_seq,
    case
      when s.id is null then 'not_found'
      when d.sender_type = 'customer' and s.visitor_id <> d.visitor_id then 'not_found'
      when d.sender_type = 'cs' and not d.any_chat and s.cs_id is distinct from d.sender_id then 'not_found'
      when stored.seq is not null then 'repeat'
      when s.status not in ('waiting', 'active') then 'ended'
      when d.expected_seq is not null and exists (
        select 1 from messages later
        where later.session_id = d.session_id and later.seq > d.expected_seq
          and later.sender_type = 'cs' and later.visibility = 'all' and later.sender_id <> d.sender_id
      ) then 'overtaken'
      else 'new'
    end as outcome
  from drafts d
  left join locked s on s.id = d.session_id
  left join messages stored on stored.session_id = d.session_id
    and stored.sender_type = d.sender_type and stored.client_id = d.client_id
), numbered as materialized (
  select j.*, (j.last_seq + row_number() over (partition by j.session_id order by j.ord))::integer as seq
  from judged j where j.outcome = 'new'
), inserted as (
  insert into messages (session_id, seq, sender_type, sender_id, client_id, message_type, visibility, content)
  select session_id, seq, sender_type, sender_id, client_id, message_type, visibility, content
  from numbered order by session_id, seq
  returning session_id, seq, created_at
), moved as (
  update chat_sessions s set
    last_seq = n.seq,
    last_message_at = clock_timestamp(),
    last_customer_seq = greatest(s.last_customer_seq, n.customer_seq),
    last_cs_seq = greatest(s.last_cs_seq, n.cs_seq),
    cs_read_seq = greatest(s.cs_read_seq, n.cs_seq),
    customer_read_seq = greatest(s.customer_read_seq, n.customer_seq),
    first_reply_at = coalesce(s.first_reply_at, case when n.cs_seq > 0 then clock_timestamp() end)
  from (
    select session_id, max(seq) as seq,
      coalesce(max(seq) filter (where sender_type = 'customer'), 0) as customer_seq,
      coalesce(max(seq) filter (where sender_type = 'cs' and visibility = 'all'), 0) as cs_seq
    from numbered group by session_id
  ) n
  where s.id = n.session_id
)
select n.ord, n.outcome, n.session_id, n.seq, n.client_id, n.sender_type, n.sender_id, n.shown_name as sender_name,
  n.message_type, n.visibility, n.content, null::jsonb as event, i.created_at,
  false as edited, false as taken_back
from numbered n join inserted i using (session_id, seq)
union all
select j.ord, j.outcome, j.session_id, m.seq, m.client_id, m.sender_type, m.sender_id,
  case m.sender_type when 'cs' then u.name else j.shown_name end,
  m.message_type, m.visibility, m.content, m.event, m.created_at, m.edited_at is not null, m.taken_back_at is not null
from judged j
left join messages m on m.session_id = j.session_id and m.seq = j.stored_seq
left join users u on u.id = m.sender_id
where j.outcome <> 'new'`;
