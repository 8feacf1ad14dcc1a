import { sql, one } from "~/db.server";
import type pg from "pg";
import { messageColumns, messageRow, type MessageRow } from "./message-row.server";
import type { MessageEvent } from "./shapes";

/**
 * Adds a system row to the chat's log inside the caller's transaction, which holds the chat's row lock or takes it here.
 * The caller publishes the row after its commit.
 */
export function appendEvent(
  tx: pg.PoolClient,
  sessionId: string,
  event: MessageEvent,
  content: string,
  visibility: "all" | "staff" = "all",
): Promise<MessageRow> {
  return one(
    messageRow,
    sql`
      with moved as (
        update chat_sessions set last_seq = last_seq + 1 where id = ${sessionId} returning id, last_seq
      ), m as (
        insert into messages (session_id, seq, sender_type, message_type, visibility, content, event)
        select id, last_seq, 'system', 'system', ${visibility}, ${content}, ${JSON.stringify(event)}::jsonb from moved
        returning *
      )
      select ${messageColumns} from m join chat_sessions s on s.id = m.session_id left join users u on u.id = m.sender_id`,
    tx,
  );
}
