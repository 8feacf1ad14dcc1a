import { z } from "zod";
import { lines } from "~/message-path.server";
import type { MessageRow } from "./message-row.server";
import type { Draft } from "./write-batch.server";

const movedRow = z.object({
  ord: z.number(),
  seq: z.number(),
  created_at: z.date(),
  customer_name: z.string().nullable(),
});

/** What most sends are: text alone. */
export const isPlain = ({ messageType, attachmentIds }: Draft) => messageType === "text" && attachmentIds.length === 0;

/**
 * The short way for plain sends, at most one for each chat: moves every chat whose sender may write and inserts what they
 * said, in one statement that asks nothing else. @returns the rows, null where the full statement has to say why not.
 * @throws a unique violation when one is a repeat; then nothing is written.
 */
export async function writePlainly(drafts: Draft[]): Promise<(MessageRow | null)[]> {
  // Locks are taken in this order, on every instance.
  const sorted = [...drafts.keys()].sort((x, y) => (idOf(drafts[x]) < idOf(drafts[y]) ? -1 : 1));
  const values = columnsOf(sorted.flatMap((i) => drafts[i] ?? []));
  const { rows } = await lines.writer.query({ name: "write-plainly", text: WRITE_PLAINLY, values });
  const written: (MessageRow | null)[] = drafts.map(() => null);
  for (const raw of rows) {
    const { ord, ...moved } = movedRow.parse(raw);
    const place = sorted[ord - 1] ?? -1;
    const draft = drafts[place];
    if (draft) written[place] = stored(draft, moved);
  }
  return written;
}

const idOf = (draft?: Draft) => draft?.sessionId ?? "";

const stored = (
  draft: Draft,
  { seq, created_at, customer_name }: Omit<z.infer<typeof movedRow>, "ord">,
): MessageRow => ({
  session_id: draft.sessionId,
  seq,
  client_id: draft.clientId,
  sender_type: draft.senderType,
  sender_id: draft.senderId,
  sender_name: draft.senderName ?? customer_name,
  message_type: draft.messageType,
  visibility: draft.visibility,
  content: draft.content,
  event: null,
  attachments: null,
  created_at,
  edited: false,
  taken_back: false,
});

function columnsOf(drafts: Draft[]) {
  const column = <K extends keyof Draft>(key: K) => drafts.map((draft) => draft[key]);
  return [
    bare(column("sessionId")),
    bare(column("senderType")),
    bare(column("visitorId")),
    bare(column("senderId")),
    bare(column("anyChat")),
    column("clientId"),
    bare(column("visibility")),
    column("content"),
    bare(column("expectedSeq")),
  ];
}

/** An array as PostgreSQL reads it, without the driver's escaping of each value: only for what needs no quotes. */
const bare = (values: (string | number | boolean | null)[]) => `{${values.map((value) => value ?? "null").join()}}`;

const WRITE_PLAINLY = `
with moved as (
  update chat_sessions s set
    last_seq = s.last_seq + 1,
    last_message_at = clock_timestamp(),
    last_customer_seq = case d.sender_type when 'customer' then s.last_seq + 1 else s.last_customer_seq end,
    customer_read_seq = case d.sender_type when 'customer' then s.last_seq + 1 else s.customer_read_seq end,
    last_cs_seq = case when d.answers then s.last_seq + 1 else s.last_cs_seq end,
    cs_read_seq = case when d.answers then s.last_seq + 1 else s.cs_read_seq end,
    first_reply_at = case when d.answers then coalesce(s.first_reply_at, clock_timestamp()) else s.first_reply_at end
  from (
    select *, sender_type = 'cs' and visibility = 'all' as answers
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::boolean[], $6::text[], $7::text[], $8::text[],
      $9::integer[]) with ordinality
      as d (id, sender_type, visitor_id, sender_id, any_chat, client_id, visibility, content, expected_seq, ord)
  ) d
  where s.id = d.id and s.status in ('waiting', 'active')
    and case d.sender_type when 'customer' then s.visitor_id = d.visitor_id else d.any_chat or s.cs_id = d.sender_id end
    and (d.expected_seq is null or s.last_cs_seq <= d.expected_seq)
  returning d.*, s.last_seq, s.last_message_at, s.customer_name
), inserted as (
  insert into messages (session_id, seq, sender_type, sender_id, client_id, visibility, content, created_at)
  select id, last_seq, sender_type, sender_id, client_id, visibility, content, last_message_at from moved
)
select ord, last_seq as seq, last_message_at as created_at, customer_name from moved`;
