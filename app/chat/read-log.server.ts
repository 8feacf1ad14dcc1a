import { many, prepared, sql } from "~/db.server";
import type { Actor } from "~/auth/actor";
import { filesOfMessage } from "~/files/attachment-row.server";
import { lines } from "~/message-path.server";
import { findReadableChatId } from "./find-chat.server";
import { columnsWithoutFiles, messageColumns, messageRow, toMessage, type MessageRow } from "./message-row.server";
import type { Message } from "./shapes";

export const PAGE_SIZE = 200;
const MAX_SEQ = 2_147_483_647;

/** What this one may see of a chat after a seq, oldest first, at most `limit`. @throws NotFound */
export function messagesAfter(actor: Actor, sessionId: string, after: number, limit = PAGE_SIZE): Promise<Message[]> {
  return seen(actor, sessionId, sql`m.seq > ${after} order by m.seq limit ${limit}`);
}

/** The newest messages before a seq (or the newest of all), oldest first. @throws NotFound */
export async function latestMessages(
  actor: Actor,
  sessionId: string,
  limit = 100,
  before = MAX_SEQ,
): Promise<Message[]> {
  return (await seen(actor, sessionId, sql`m.seq < ${before} order by m.seq desc limit ${limit}`)).reverse();
}

async function seen(actor: Actor, sessionId: string, which: ReturnType<typeof sql>): Promise<Message[]> {
  await findReadableChatId(actor, sessionId);
  const rows = await many(
    messageRow,
    sql`
      select ${messageColumns}
      from messages m join chat_sessions s on s.id = m.session_id left join users u on u.id = m.sender_id
      where m.session_id = ${sessionId} and (${actor.kind === "staff"} or m.visibility = 'all') and ${which}`,
  );
  return rows.map(toMessage);
}

export interface Wanted {
  sessionId: string;
  after: number;
}

/**
 * For the hub: the next rows of many chats in one read, at most PAGE_SIZE of each, in order. Everybody's rows, staff's
 * too: who may see which is the hub's to say, per socket.
 */
export async function rowsAfter(wanted: Wanted[]): Promise<MessageRow[]> {
  const statement = sql`
      select ${columnsWithoutFiles}
      from unnest(${wanted.map((w) => w.sessionId)}::uuid[], ${wanted.map((w) => w.after)}::integer[]) as w (id, after)
      join chat_sessions s on s.id = w.id
      cross join lateral (
        select * from messages m where m.session_id = w.id and m.seq > w.after order by m.seq limit ${PAGE_SIZE}
      ) m
      left join users u on u.id = m.sender_id`;
  const rows = await many(messageRow, prepared("rows-after", statement), lines.reader);
  await addFiles(rows.filter(({ message_type }) => message_type === "image" || message_type === "file"));
  return rows.sort((x, y) => x.seq - y.seq);
}

const filesRow = messageRow.pick({ session_id: true, seq: true, attachments: true });

async function addFiles(rows: MessageRow[]) {
  if (rows.length === 0) return;
  const [chats, seqs] = [rows.map((row) => row.session_id), rows.map((row) => row.seq)];
  const statement = sql`
      select m.session_id, m.seq, ${filesOfMessage} as attachments
      from unnest(${chats}::uuid[], ${seqs}::integer[]) as w (id, seq)
      join messages m on m.session_id = w.id and m.seq = w.seq`;
  const found = await many(filesRow, prepared("files-of-rows", statement), lines.reader);
  const byRow = new Map(found.map((f) => [`${f.session_id}:${f.seq}`, f.attachments]));
  for (const row of rows) row.attachments = byRow.get(`${row.session_id}:${row.seq}`) ?? null;
}
