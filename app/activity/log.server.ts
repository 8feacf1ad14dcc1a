import { exec, sql, type Db, db } from "~/db.server";

/** Who did what; `details` never holds a secret or a message's text. */
export async function logActivity(
  userId: number | null,
  action: string,
  subject: string | null = null,
  details: Record<string, unknown> = {},
  on: Db = db(),
): Promise<void> {
  await exec(
    sql`insert into activity_logs (user_id, action, subject, details)
      values (${userId}, ${action}, ${subject}, ${JSON.stringify(details)}::jsonb)`,
    on,
  );
}
