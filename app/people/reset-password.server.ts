import type pg from "pg";
import { z } from "zod";
import { logActivity } from "~/activity/log.server";
import type { Staff } from "~/auth/actor";
import { networkOf } from "~/auth/network.server";
import { newPasswordHash } from "~/auth/new-password.server";
import { countTry } from "~/auth/rate-limit.server";
import { hashSecret, newSecret } from "~/auth/secret-token.server";
import { Conflict, NotFound } from "~/chat/errors";
import { publish } from "~/chat/publish.server";
import { exec, maybeOne, sql, transaction } from "~/db.server";
import { lockAdmins, lockUser } from "./edit-user.server";
import { endSignIns } from "./leave-desk.server";

export const RESET_HOURS = 24;
const TRIES = 30;
const WINDOW_S = 900;

export const resetInput = z
  .object({ password: z.string().max(1_000, "That is too long for a password."), again: z.string() })
  .refine(({ password, again }) => password === again, { path: ["again"], error: "The two are not the same." });

/**
 * A link's secret with which somebody chooses a new password, once, within a day; earlier links of theirs are worthless
 * from now on. The password that they have works until then. @throws NotAllowed, NotFound, Conflict when disabled
 */
export async function allowReset(admin: Staff, id: number): Promise<string> {
  return transaction(async (tx) => {
    await lockAdmins(tx, admin);
    const { username, disabledAt } = await lockUser(tx, id);
    if (disabledAt) throw new Conflict("Enable the account first.");
    const token = await newResetToken(tx, id, admin.userId);
    await logActivity(admin.userId, "user.reset_allowed", username, { hours: RESET_HOURS }, tx);
    return token;
  });
}

/** The secret of a link, of which the hash is kept. `createdBy` null: the command line. */
export async function newResetToken(tx: pg.PoolClient, id: number, createdBy: number | null): Promise<string> {
  const token = newSecret();
  await exec(sql`delete from password_resets where user_id = ${id}`, tx);
  await exec(
    sql`
      insert into password_resets (token_hash, user_id, created_by, expires_at)
      values (${hashSecret(token)}, ${id}, ${createdBy}, now() + make_interval(hours => ${RESET_HOURS}))`,
    tx,
  );
  return token;
}

const accountRow = z.object({ id: z.number(), username: z.string(), name: z.string() });

const OPEN = sql`r.used_at is null and r.expires_at > now() and u.disabled_at is null`;

/** Whose link this is, while it can be used. @throws NotFound */
export async function accountOfReset(token: string) {
  const account = await maybeOne(
    accountRow,
    sql`
      select u.id, u.username, u.name from password_resets r join users u on u.id = r.user_id
      where r.token_hash = ${hashSecret(token)} and ${OPEN}`,
  );
  if (!account) throw new NotFound("This link has been used, or is older than a day. Ask an admin for a new one.");
  return account;
}

/** Uses the link. Whoever was signed in to the account is so no more. @throws NotFound, Invalid, RateLimited */
export async function resetPassword(token: string, password: string, ip: string | null): Promise<void> {
  await countTry(`reset:${networkOf(ip)}`, TRIES, WINDOW_S);
  const account = await accountOfReset(token);
  const hash = await newPasswordHash(password, account.username);
  const sids = await transaction(async (tx) => {
    const used = await exec(
      sql`
        update password_resets r set used_at = now() from users u
        where u.id = r.user_id and r.token_hash = ${hashSecret(token)} and ${OPEN}`,
      tx,
    );
    if (used === 0) throw new NotFound("This link has been used. Ask an admin for a new one.");
    await exec(sql`update users set password_hash = ${hash}, updated_at = now() where id = ${account.id}`, tx);
    const ended = await endSignIns(tx, account.id);
    await logActivity(account.id, "password.reset", account.username, { ended: ended.length }, tx);
    return ended;
  });
  publish({ revoked: new Set(sids), agents: new Set([account.id]), queue: true });
}
