import { z } from "zod";
import { many, sql } from "~/db.server";
import type { Staff } from "~/auth/actor";
import type { CannedResponse } from "~/chat/shapes";

const cannedRow = z.object({
  id: z.number(),
  shortcut: z.string(),
  title: z.string(),
  content: z.string(),
  shared: z.boolean(),
  used: z.number(),
});

/**
 * The agent's own canned responses and the shared ones: first those that share words with the customer's last message
 * (PostgreSQL text search), then the most used.
 */
export function cannedFor(staff: Staff, chatId: string | null = null): Promise<CannedResponse[]> {
  return many(
    cannedRow,
    sql`
      with asked as (
        select to_tsquery('simple', coalesce(string_agg(quote_literal(lexeme), ' | '), '')) as words
        from (
          select content from messages where session_id = ${chatId} and sender_type = 'customer' order by seq desc limit 1
        ) newest, unnest(to_tsvector('simple', newest.content)) where length(lexeme) > 3
      )
      select id, shortcut, title, content, owner_id is null as shared, used
      from canned_responses, asked
      where owner_id is null or owner_id = ${staff.userId}
      order by ts_rank(to_tsvector('simple', title || ' ' || content), words) desc, used desc, shortcut, id limit 500`,
  );
}
