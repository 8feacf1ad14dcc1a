import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { many, sql } from "~/db.server";
import { findReadableChatId } from "./find-chat.server";
import { latestMessages, messagesAfter } from "./read-log.server";
import { MOST_SEQ } from "./seq";
import type { Message } from "./shapes";

export const MOST_HITS = 200;
/** Messages on each side of the one that is looked at. */
const AROUND = 70;
const EXCERPT_LENGTH = 160;
const EXCERPT_LEAD = 40;

/** An address that was cut or guessed searches for nothing. */
export const chatSearchInput = z.object({
  q: z.string().trim().max(200).catch(""),
  /** seq */
  at: z.coerce.number().int().positive().max(MOST_SEQ).optional().catch(undefined),
});

const hitRow = z.object({
  seq: z.number(),
  sender_type: z.enum(["customer", "cs", "system"]),
  sender_id: z.number().nullable(),
  sender_name: z.string().nullable(),
  note: z.boolean(),
  content: z.string(),
  created_at: z.date(),
});

export interface Hit {
  seq: number;
  senderType: Message["senderType"];
  senderId: number | null;
  senderName: string | null;
  note: boolean;
  excerpt: string;
  createdAt: string;
}

/** Messages and notes of one chat that contain every word, newest first, at most MOST_HITS. @throws NotFound */
export async function searchChat(staff: Staff, sessionId: string, q: string): Promise<Hit[]> {
  await findReadableChatId(staff, sessionId);
  const words = wordsOf(q);
  if (words.length === 0) return [];
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const rows = await many(
    hitRow,
    sql`
      select m.seq, m.sender_type, m.sender_id, u.name as sender_name, m.visibility = 'staff' as note, m.content, m.created_at
      from messages m left join users u on u.id = m.sender_id
      where m.session_id = ${sessionId} and (m.sender_type <> 'system' or m.event ->> 'kind' = 'handover')
        and m.content ilike all (${patterns}::text[])
      order by m.seq desc limit ${MOST_HITS}`,
  );
  return rows.map((row) => ({
    seq: row.seq,
    senderType: row.sender_type,
    senderId: row.sender_id,
    senderName: row.sender_name,
    note: row.note,
    excerpt: excerptOf(row.content, words),
    createdAt: row.created_at.toISOString(),
  }));
}

export const wordsOf = (q: string) => q.split(/\s+/).filter(Boolean).slice(0, 10);

/** The part of a log around one message, oldest first. @throws NotFound */
export async function messagesAround(staff: Staff, sessionId: string, seq: number): Promise<Message[]> {
  const [upTo, after] = await Promise.all([
    latestMessages(staff, sessionId, AROUND + 1, Math.min(seq + 1, 2_147_483_647)),
    messagesAfter(staff, sessionId, seq, AROUND),
  ]);
  return [...upTo, ...after];
}

/** One line with the first word that was found in it. */
function excerptOf(content: string, words: readonly string[]): string {
  const line = content.replace(/\s+/g, " ");
  const found = words.map((word) => line.toLowerCase().indexOf(word.toLowerCase())).filter((place) => place >= 0);
  const from = Math.max(0, Math.min(...found, line.length) - EXCERPT_LEAD);
  if (from === 0 || found.length === 0) return cut(line, 0);
  return `…${cut(line, from)}`;
}

function cut(line: string, from: number): string {
  const part = [...line.slice(from)].slice(0, EXCERPT_LENGTH).join("");
  return part.length < line.length - from ? `${part}…` : part;
}
