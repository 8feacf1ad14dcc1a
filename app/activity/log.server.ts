import { exec, sql, type Db, db } from "~/db.server";
import { origin } from "./origin.server";

const LONGEST_USER_AGENT = 400;

/**
 * Who did what, to what, from where; `details` never holds a secret or a message's text. A change says `before` and
 * `after`. With `on` it stands or falls with that transaction, and joins the chain at its commit.
 */
export async function logActivity(
  userId: number | null,
  action: string,
  subject: string | null = null,
  details: Record<string, unknown> = {},
  on: Db = db(),
): Promise<void> {
  const { ip, userAgent } = origin();
  await exec(
    sql`insert into activity_logs (user_id, action, subject, details, ip, user_agent)
      values (${userId}, ${action}, ${subject}, ${JSON.stringify(details)}::jsonb, ${ip},
        ${userAgent?.slice(0, LONGEST_USER_AGENT) ?? null})`,
    on,
  );
}
