import { v7 as uuidv7 } from "uuid";
import type pg from "pg";
import { z } from "zod";
import { exec, many, maybeOne, sql, transaction } from "~/db.server";
import { env } from "~/env.server";
import { publish } from "~/chat/publish.server";
import { releaseLeases } from "~/people/presence.server";
import type { Staff } from "./actor";
import { hashSecret, newSecret, sameHash } from "./secret-token.server";

export interface From {
  ip: string | null;
  userAgent: string | null;
}

/** However often somebody comes back, after so long they show their password again. */
export const SIGN_IN_LIMIT_DAYS = 30;

/** Two tabs that refresh at once: the second still shows the token that the first has just replaced. */
const RACE_GRACE_S = 10;

const ABSOLUTE_LIMIT = sql`make_interval(days => ${SIGN_IN_LIMIT_DAYS})`;
const idleLimit = () => sql`now() + make_interval(secs => ${env().JWT_REFRESH_EXPIRES_IN})`;

/** Opens a sign-in. @returns its id and the first refresh token, `sid.secret`. */
export async function openAuthSession(userId: number, from: From): Promise<{ sid: string; refreshToken: string }> {
  const sid = uuidv7();
  const secret = newSecret();
  await exec(sql`
    insert into auth_sessions (id, user_id, refresh_hash, expires_at, ip, user_agent)
    values (${sid}, ${userId}, ${hashSecret(secret)}, least(${idleLimit()}, now() + ${ABSOLUTE_LIMIT}),
      ${from.ip}, ${from.userAgent?.slice(0, 400) ?? null})`);
  return { sid, refreshToken: `${sid}.${secret}` };
}

const staffRow = z.object({
  userId: z.number(),
  username: z.string(),
  name: z.string(),
  role: z.enum(["admin", "cs"]),
});

/** Who holds this sign-in, if it is still open and the account enabled. */
export async function staffOfSession(sid: string, userId: number): Promise<Staff | null> {
  const row = await maybeOne(
    staffRow,
    sql`
      select u.id as "userId", u.username, u.name, u.role from auth_sessions a join users u on u.id = a.user_id
      where a.id = ${sid} and u.id = ${userId} and a.revoked_at is null and a.expires_at > now() and u.disabled_at is null`,
  );
  return row && { kind: "staff", sid, ...row };
}

const refreshRow = z.object({
  user_id: z.number(),
  refresh_hash: z.instanceof(Buffer),
  previous_hash: z.instanceof(Buffer).nullable(),
  racing: z.boolean(),
});

/**
 * Trades a refresh token for the next one.
 * @returns refreshToken null when another tab has just rotated it: its cookie is the one to keep. Null when it is
 * worthless; an old token shown again is a stolen one, and ends the whole sign-in.
 */
export async function rotateRefreshToken(
  token: string,
): Promise<{ sid: string; userId: number; refreshToken: string | null } | null> {
  const { sid, secret } = partsOf(token);
  if (!sid) return null;
  const next = await transaction((tx) => rotate(tx, sid, hashSecret(secret)));
  if (next === "stolen") await announceEnd([sid]);
  if (!next || next === "stolen") return null;
  return { sid, userId: next.userId, refreshToken: next.secret && `${sid}.${next.secret}` };
}

const partsOf = (token: string) => {
  const [sid = "", secret = ""] = token.split(".");
  return { sid: z.uuid().safeParse(sid).success ? sid : null, secret };
};

async function rotate(tx: pg.PoolClient, sid: string, shown: Buffer) {
  const row = await maybeOne(
    refreshRow,
    sql`
      select a.user_id, a.refresh_hash, a.previous_hash,
        a.rotated_at > now() - make_interval(secs => ${RACE_GRACE_S}) as racing
      from auth_sessions a join users u on u.id = a.user_id
      where a.id = ${sid} and a.revoked_at is null and a.expires_at > now() and u.disabled_at is null for update of a`,
    tx,
  );
  if (!row) return null;
  if (sameHash(shown, row.refresh_hash)) {
    const secret = newSecret();
    await exec(
      sql`
        update auth_sessions set previous_hash = refresh_hash, refresh_hash = ${hashSecret(secret)}, rotated_at = now(),
          expires_at = least(${idleLimit()}, created_at + ${ABSOLUTE_LIMIT})
        where id = ${sid}`,
      tx,
    );
    return { userId: row.user_id, secret };
  }
  if (row.racing && sameHash(shown, row.previous_hash)) return { userId: row.user_id, secret: null };
  await exec(sql`update auth_sessions set revoked_at = now() where id = ${sid}`, tx);
  return "stolen" as const;
}

const hashesRow = z.object({ refresh_hash: z.instanceof(Buffer), previous_hash: z.instanceof(Buffer).nullable() });

/** The sign-in that this refresh token belongs to, or belonged to before the last rotation; null for any other text. */
export async function sessionOfRefreshToken(token: string): Promise<string | null> {
  const { sid, secret } = partsOf(token);
  if (!sid) return null;
  const row = await maybeOne(hashesRow, sql`select refresh_hash, previous_hash from auth_sessions where id = ${sid}`);
  const shown = hashSecret(secret);
  return row && (sameHash(shown, row.refresh_hash) || sameHash(shown, row.previous_hash)) ? sid : null;
}

/** Ends sign-ins: their cookies and open sockets die on every instance. */
export async function revokeAuthSession(sid: string): Promise<void> {
  await exec(sql`update auth_sessions set revoked_at = now() where id = ${sid} and revoked_at is null`);
  await announceEnd([sid]);
}

/** Tells every instance, after the commit. The page that was a sign of life under such a sign-in is none any more. */
export async function announceEnd(sids: string[]): Promise<void> {
  publish({ revoked: new Set(sids) });
  await releaseLeases(sids);
}

/** Which of these sign-ins are over, or another role's by now; for sockets, in case the news of it was lost. */
export async function revokedAmong(open: Pick<Staff, "sid" | "role">[]): Promise<string[]> {
  if (open.length === 0) return [];
  const rows = await many(
    z.object({ sid: z.string() }),
    sql`
      select s.sid from unnest(${open.map(({ sid }) => sid)}::uuid[], ${open.map(({ role }) => role)}::text[]) as s (sid, role)
      left join auth_sessions a on a.id = s.sid and a.revoked_at is null and a.expires_at > now()
      left join users u on u.id = a.user_id and u.disabled_at is null and u.role = s.role
      where u.id is null`,
  );
  return rows.map((r) => r.sid);
}
