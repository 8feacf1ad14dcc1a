import { z } from "zod";
import { lines } from "~/message-path.server";
import { filesOfMessage } from "~/files/attachment-row.server";
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
  /** Files that this sender uploaded into this chat; each goes with one message. */
  attachmentIds: string[];
  /** Refuse when a colleague has answered after this seq. */
  expectedSeq: number | null;
}

const REFUSALS = ["not_found", "ended", "overtaken", "files_gone"] as const;

const outcomeRow = z.discriminatedUnion("outcome", [
  messageRow
    .pick({ session_id: true, seq: true, sender_name: true, created_at: true, attachments: true })
    .extend({ ord: z.number(), outcome: z.literal("new"), message_type: messageRow.shape.message_type.nullable() }),
  messageRow.extend({ ord: z.number(), outcome: z.literal("repeat") }),
  z.object({ ord: z.number(), outcome: z.enum(REFUSALS) }),
]);

export type Outcome = { outcome: "new" | "repeat"; row: MessageRow } | { outcome: (typeof REFUSALS)[number] };

/**
 * Writes many sends in one statement, one commit: locks the chats in id order (so two instances cannot deadlock), finds
 * repeats by client id, checks who may write, numbers the new ones from the chat's own counter, inserts, moves the chat on.
 * A twin in the same batch, or a repeat committed by another instance while we waited for the lock, breaks the
 * unique index and fails the whole statement: nothing is numbered, and the caller tries again.
 * @returns one outcome for each draft, in their order.
 */
export async function writeBatch(drafts: Draft[]): Promise<Outcome[]> {
  const { rows } = await lines.writer.query(queryFor(drafts));
  // A chat that is not there gives no row.
  const outcomes: Outcome[] = drafts.map(() => ({ outcome: "not_found" }));
  for (const raw of rows) {
    const row = outcomeRow.parse(raw);
    const draft = drafts[row.ord - 1];
    if (!draft) continue;
    if (row.outcome === "new") outcomes[row.ord - 1] = { outcome: "new", row: stored(draft, row) };
    else if (row.outcome === "repeat") outcomes[row.ord - 1] = { outcome: "repeat", row };
    else outcomes[row.ord - 1] = { outcome: row.outcome };
  }
  return outcomes;
}

/** Batches without files have a statement of their own, which knows nothing of them. */
function queryFor(drafts: Draft[]) {
  const values = columnsOf(drafts);
  const files = drafts.flatMap((draft, i) => draft.attachmentIds.map((id) => ({ id, ord: i + 1 })));
  if (files.length === 0) return { name: "write-batch", text: WRITE_BATCH, values };
  const which = [files.map(({ ord }) => ord), files.map(({ id }) => id)];
  return { name: "write-batch-files", text: WRITE_BATCH_WITH_FILES, values: [...values, ...which] };
}

type Numbered = Pick<MessageRow, "session_id" | "seq" | "sender_name" | "created_at" | "attachments"> & {
  message_type: MessageRow["message_type"] | null;
};

/** What was sent is what is stored: only what the database decided has to come back. */
const stored = (
  draft: Draft,
  { session_id, seq, sender_name, created_at, message_type, attachments }: Numbered,
): MessageRow => ({
  session_id,
  seq,
  client_id: draft.clientId,
  sender_type: draft.senderType,
  sender_id: draft.senderId,
  sender_name,
  message_type: message_type ?? draft.messageType,
  visibility: draft.visibility,
  content: draft.content,
  event: null,
  attachments,
  created_at,
  edited: false,
  taken_back: false,
});

function columnsOf(drafts: Draft[]) {
  const column = <K extends keyof Draft>(key: K) => drafts.map((d) => d[key]);
  return [
    column("sessionId"),
    plain(column("senderType")),
    plain(column("visitorId")),
    plain(column("senderId")),
    column("senderName"),
    plain(column("anyChat")),
    column("clientId"),
    plain(column("messageType")),
    plain(column("visibility")),
    column("content"),
    plain(column("expectedSeq")),
  ];
}

/** An array as PostgreSQL reads it, without the driver's escaping of each value: only for what needs no quotes. */
const plain = (values: (string | number | boolean | null)[]) => `{${values.map((value) => value ?? "null").join()}}`;

/** What a batch with files does besides: each part has its place below. */
const FILES = {
  find: `, files as materialized (
  select f.ord, f.id, f.position::smallint as position, a.width is not null as picture,
    a.id is not null and used.attachment_id is null as usable,
    jsonb_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size, 'width', a.width, 'height', a.height,
      'thumbnail', a.thumbnail_key is not null) as shown
  from unnest($12::integer[], $13::uuid[]) with ordinality f (ord, id, position)
  join locked l on l.ord = f.ord
  left join attachments a on a.id = f.id and a.session_id = l.session_id and a.sender_type = l.sender_type
    and (l.sender_type = 'customer' or a.sender_id = l.sender_id)
  left join message_attachments used on used.attachment_id = f.id
), per_message as materialized (
  select ord, bool_and(usable) as usable, case when bool_and(picture) then 'image' else 'file' end as message_type,
    jsonb_agg(shown order by position) as shown
  from files group by ord
)`,
  judge: `when exists (select 1 from per_message p where p.ord = l.ord and not p.usable) then 'files_gone'`,
  type: `coalesce((select p.message_type from per_message p where p.ord = l.ord), l.message_type)`,
  // Two messages that claim one file at the same moment break its primary key here, and are written again.
  claim: `, claimed as (
  insert into message_attachments (attachment_id, session_id, seq, position)
  select f.id, n.session_id, n.seq, f.position from numbered n join files f on f.ord = n.ord
)`,
  shown: `(select p.shown from per_message p where p.ord = numbered.ord)`,
};
const NO_FILES: typeof FILES = { find: "", judge: "", type: "l.message_type", claim: "", shown: "null::jsonb" };

const statement = (files: typeof FILES) => `
with locked as materialized (
  select d.*, s.visitor_id as owner_id, s.cs_id, s.status, s.last_seq, s.customer_name
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::boolean[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::integer[]) with ordinality
    as d (session_id, sender_type, visitor_id, sender_id, sender_name, any_chat, client_id,
      message_type, visibility, content, expected_seq, ord)
  join chat_sessions s on s.id = d.session_id
  order by s.id, d.ord for update of s
)${files.find}, judged as materialized (
  select
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
      ${files.judge}
      else 'new'
    end as outcome,
    l.ord, l.session_id, l.sender_type, l.sender_id, coalesce(l.sender_name, l.customer_name) as shown_name,
    l.client_id, ${files.type} as message_type, l.visibility, l.content, l.last_seq, stored.seq as stored_seq
  from locked l
  left join lateral (
    select m.seq from messages m
    where m.session_id = l.session_id and m.sender_type = l.sender_type and m.client_id = l.client_id limit 1
  ) stored on true
), numbered as materialized (
  select j.*, (j.last_seq + row_number() over (partition by j.session_id order by j.ord))::integer as seq,
    clock_timestamp() as created_at
  from judged j where j.outcome = 'new'
), inserted as (
  insert into messages (session_id, seq, sender_type, sender_id, client_id, message_type, visibility, content, created_at)
  select session_id, seq, sender_type, sender_id, client_id, message_type, visibility, content, created_at
  from numbered
)${files.claim}, moved as (
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
select ord, outcome, session_id, seq, shown_name as sender_name, created_at, null as client_id, null as sender_type,
  null::bigint as sender_id, message_type, null as visibility, null as content, null::jsonb as event,
  null::boolean as edited, null::boolean as taken_back, ${files.shown} as attachments
from numbered
union all
select j.ord, j.outcome, j.session_id, m.seq, case m.sender_type when 'cs' then u.name else j.shown_name end,
  m.created_at, m.client_id, m.sender_type, m.sender_id, m.message_type, m.visibility, m.content, m.event,
  m.edited_at is not null, m.taken_back_at is not null, ${filesOfMessage.text}
from judged j
left join messages m on m.session_id = j.session_id and m.seq = j.stored_seq
left join users u on u.id = m.sender_id
where j.outcome <> 'new'`;

const WRITE_BATCH = statement(NO_FILES);
const WRITE_BATCH_WITH_FILES = statement(FILES);
