import { z } from "zod";
import { logActivity } from "~/activity/log.server";
import { NotFound } from "~/chat/errors";
import { many, sql } from "~/db.server";
import type { Staff } from "./actor";
import { announceEnd } from "./auth-session.server";

const row = z.object({
  id: z.string(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: z.date(),
  seen_at: z.date(),
});

export interface OwnSession {
  id: string;
  /** The one that asks. */
  current: boolean;
  ip: string | null;
  userAgent: string | null;
  signedInAt: string;
  /** Within the life of an access token. */
  seenAt: string;
}

/** Where this one is signed in, the sign-in that asks first, then the last seen. */
export async function ownSessions(staff: Staff): Promise<OwnSession[]> {
  const rows = await many(
    row,
    sql`
      select id, ip, user_agent, created_at, rotated_at as seen_at from auth_sessions
      where user_id = ${staff.userId} and revoked_at is null and expires_at > now()
      order by id = ${staff.sid} desc, rotated_at desc`,
  );
  return rows.map((r) => ({
    id: r.id,
    current: r.id === staff.sid,
    ip: r.ip,
    userAgent: r.user_agent,
    signedInAt: r.created_at.toISOString(),
    seenAt: r.seen_at.toISOString(),
  }));
}

const ended = z.object({ id: z.string() });

/** Ends one of one's own sign-ins. @throws NotFound for anybody else's. */
export async function endOwnSession(staff: Staff, sid: string): Promise<void> {
  const rows = await many(
    ended,
    sql`update auth_sessions set revoked_at = now()
      where id = ${sid} and user_id = ${staff.userId} and revoked_at is null returning id`,
  );
  if (rows.length === 0) throw new NotFound("That sign-in has ended already.");
  await logActivity(staff.userId, "session.ended");
  await announceEnd(rows.map(({ id }) => id));
}

/** Ends all sign-ins of somebody, but for `keep`. @returns how many there were. */
export async function endSessionsOf(userId: number, keep: string | null = null): Promise<number> {
  const rows = await many(
    ended,
    sql`update auth_sessions set revoked_at = now()
      where user_id = ${userId} and revoked_at is null and id is distinct from ${keep}::uuid returning id`,
  );
  if (rows.length > 0) await announceEnd(rows.map(({ id }) => id));
  return rows.length;
}
