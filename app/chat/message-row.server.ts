import { z } from "zod";
import { sql } from "~/db.server";
import { filesOfMessage, shownFile, toAttachment } from "~/files/attachment-row.server";
import type { Message, MessageEvent } from "./shapes";

/** A message as PostgreSQL gives it; `columns` selects exactly this from messages m, chat_sessions s, users u. */
export const messageRow = z.object({
  session_id: z.string(),
  seq: z.number(),
  client_id: z.string().nullable(),
  sender_type: z.enum(["customer", "cs", "system"]),
  sender_id: z.number().nullable(),
  sender_name: z.string().nullable(),
  message_type: z.enum(["text", "image", "file", "system"]),
  visibility: z.enum(["all", "staff"]),
  content: z.string(),
  event: z.unknown().nullable(),
  attachments: z.array(shownFile).nullable(),
  created_at: z.date(),
  edited: z.boolean(),
  taken_back: z.boolean(),
});

export type MessageRow = z.infer<typeof messageRow>;

const columnsWith = (attachments: ReturnType<typeof sql>) => sql`
  m.session_id, m.seq, m.client_id, m.sender_type, m.sender_id,
  case m.sender_type when 'cs' then u.name when 'customer' then s.customer_name end as sender_name,
  m.message_type, m.visibility, m.content, m.event, ${attachments} as attachments, m.created_at,
  m.edited_at is not null as edited, m.taken_back_at is not null as taken_back`;

export const messageColumns = columnsWith(filesOfMessage);

/** For reads that happen once for every message: files, which few have, are not even asked for. */
export const columnsWithoutFiles = columnsWith(sql`null::jsonb`);

export function toMessage(row: MessageRow): Message {
  return {
    id: `${row.session_id}:${row.seq}`,
    seq: row.seq,
    clientId: row.client_id,
    senderType: row.sender_type,
    senderId: row.sender_id,
    senderName: row.sender_name,
    messageType: row.message_type,
    content: row.content,
    attachments: row.attachments?.map(toAttachment) ?? [],
    createdAt: row.created_at.toISOString(),
    ...(row.visibility === "staff" && row.sender_type === "cs" ? { note: true } : {}),
    ...(row.edited ? { edited: true } : {}),
    ...(row.taken_back ? { takenBack: true } : {}),
    ...(row.event ? { event: row.event as MessageEvent } : {}),
  };
}
