import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { sql } from "~/db.server";
import { chatSummaries } from "./list-chats.server";
import type { ChatSummary } from "./shapes";

export const HISTORY_PAGE = 50;

export const historyInput = z.object({
  q: z.string().trim().max(200).default(""),
  /** endedAt of the last row of the page before. */
  before: z.iso.datetime().optional(),
});

/** The agent's ended chats, newest first, by name, e-mail or words in a message. @returns one row more when there is another page. */
export function historyOf(staff: Staff, { q, before }: z.infer<typeof historyInput>): Promise<ChatSummary[]> {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return chatSummaries(
    sql`s.cs_id = ${staff.userId} and s.ended_at is not null
      and (${before ?? null}::timestamptz is null or s.ended_at < ${before ?? null})
      and (${q} = '' or s.customer_name ilike ${like} or s.customer_email ilike ${like} or exists (
        select 1 from messages m where m.session_id = s.id and m.sender_type <> 'system' and m.content ilike ${like}))`,
    sql`s.ended_at desc`,
    HISTORY_PAGE + 1,
  );
}

/** The customer's other chats, for the agent who talks to them now. */
export function earlierChats(sessionId: string): Promise<ChatSummary[]> {
  return chatSummaries(
    sql`s.visitor_id = (select visitor_id from chat_sessions where id = ${sessionId}) and s.id <> ${sessionId}
      and s.ended_at is not null`,
    sql`s.created_at desc`,
    20,
  );
}
