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
});

/** The agent's own canned responses and the shared ones, by shortcut. */
export function cannedFor(staff: Staff): Promise<CannedResponse[]> {
  return many(
    cannedRow,
    sql`
      select id, shortcut, title, content, owner_id is null as shared from canned_responses
      where owner_id is null or owner_id = ${staff.userId} order by shortcut, id limit 500`,
  );
}
