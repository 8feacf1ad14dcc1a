import { z } from "zod";
import { messageDb } from "~/db.server";
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

const outcomeRow = z.discriminatedUnion("outcome", [
  messageRow.extend({ ord: z.number(), outcome: z.enum(["new", "repeat"]) }),
  z.object({ ord: z.number(), outcome: z.enum(["not_found", "ended", "overtaken"]) }),
]);

export type Outcome = { outcome: "new" | "repeat"; row: MessageRow } | { outcome: "not_found" | "ended" | "overtaken" };

/**
 * Writes many sends in one statement, one commit: locks the chats in id order (so two instances cannot deadlock), finds
 * repeats by client id, checks who may write, numbers the new ones from the chat's own counter, inserts, moves the chat on.
 * A twin in the same batch, or a repeat committed by another instance while we waited for the lock, breaks the
 * unique index and fails the whole statement: nothing is numbered, and the caller tries again.
 * @returns one outcome for each draft, in their order.
 */
export async function writeBatch(drafts: Draft[]): Promise<Outcome[]> {
  const { rows } = await messageDb().query({ name: "write-batch", text: WRITE_BATCH, values: columnsOf(drafts) });
  // A chat that is not there gives no row.
  const outcomes: Outcome[] = drafts.map(() => ({ outcome: "not_found" }));
  for (const raw of rows) {
    const row = outcomeRow.parse(raw);
    const { ord, outcome } = row;
    outcomes[ord - 1] = outcome === "new" || outcome === "repeat" ? { outcome, row } : { outcome };
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
with locked as materialized (
  select d.*, s.visitor_id as owner_id, s.cs_id, s.status, s.last_seq, s.customer_name
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::boolean[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::integer[]) with ordinality
    as d (session_id, sender_type, visitor_id, sender_id, sender_name, any_chat, client_id,
      message_type, visibility, content, expected_seq, ord)
  join chat_sessions s on s.id = d.session_id
  order by s.id, d.ord for update of s
), judged as materialized (
  select j.*, clock_timestamp() as created_at, (j.last_seq + count(*) filter (where j.outcome = 'new')
    over (partition by j.session_id order by j.ord))::integer as seq
  from (
    select l.*, coalesce(l.sender_name, l.customer_name) as shown_name, stored.seq as stored_seq,
      case
        when l.sender_type = 'customer' and l.owner_id <> l.visitor_id then 'not_found'
        when l.sender_type = 'cs' and not l.any_chat and l.cs_id is distinct from l.sender_id then 'not_found'
        when stored.seq is not null then 'repeat'
        when l.status not in ('waiting', 'active') then 'ended'
        when l.expected_seq is not null and exists (
          select 1 from messages later
          where later.session_id = l.session_id and later.seq > l.expected_seq
            and later.sender_type = 'cs' and later.visibility = 'all' and later.sender_id <> l.sender_id
        ) then 'overtaken'
        else 'new'
      end as outcome
    from locked l
    left join lateral (
      select m.seq from messages m
      where m.session_id = l.session_id and m.sender_type = l.sender_type and m.client_id = l.client_id limit 1
    ) stored on true
  ) j
), inserted as (
  insert into messages (session_id, seq, sender_type, sender_id, client_id, message_type, visibility, content, created_at)
  select session_id, seq, sender_type, sender_id, client_id, message_type, visibility, content, created_at
  from judged where outcome = 'new'
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
    from judged where outcome = 'new' group by session_id
  ) n
  where s.id = n.session_id
)
select ord, outcome, session_id, seq, client_id, sender_type, sender_id, shown_name as sender_name,
  message_type, visibility, content, null::jsonb as event, created_at, false as edited, false as taken_back
from judged where outcome = 'new'
union all
select j.ord, j.outcome, j.session_id, m.seq, m.client_id, m.sender_type, m.sender_id,
  case m.sender_type when 'cs' then u.name else j.shown_name end,
  m.message_type, m.visibility, m.content, m.event, m.created_at, m.edited_at is not null, m.taken_back_at is not null
from judged j
left join messages m on m.session_id = j.session_id and m.seq = j.stored_seq
left join users u on u.id = m.sender_id
where j.outcome <> 'new'`;
