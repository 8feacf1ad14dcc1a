import { Secret, TOTP } from "otpauth";
import { z } from "zod";
import { logActivity } from "~/activity/log.server";
import { Conflict, Invalid, NotAllowed, NotFound } from "~/chat/errors";
import { exec, maybeOne, sql, transaction } from "~/db.server";
import { settings } from "~/settings/settings.server";
import type { Staff } from "./actor";
import { networkOf } from "./network.server";
import { endSessionsOf } from "./own-sessions.server";
import { clearTries, countTry } from "./rate-limit.server";
import { makeRecoveryCodes, recoveryCodesLeft, takeRecoveryCode } from "./recovery-codes.server";
import { seal, unseal } from "./sealed.server";

const PURPOSE = "second factor";
const PERIOD_S = 30;
/** One step before and after: clocks differ, and people type slowly. */
const WINDOW = 1;
const SECRET_BYTES = 20;
const TRIES = 10;
const TRIES_PER_ACCOUNT = 30;
const TRIES_WINDOW_S = 900;

export const codeInput = z.object({
  code: z.string().trim().min(1, "Write the code.").max(40, "That is too long for a code."),
});

const row = z.object({
  secret: z.instanceof(Buffer),
  confirmed_at: z.date().nullable(),
  last_step: z.number(),
  now_ms: z.number(),
});

const factorOf = (userId: number) =>
  maybeOne(
    row,
    sql`select secret, confirmed_at, last_step, floor(extract(epoch from now()) * 1000)::bigint as now_ms
      from second_factors where user_id = ${userId}`,
  );

export interface SecondFactor {
  enrolledAt: string | null;
  recoveryCodesLeft: number;
}

export async function secondFactorOf(userId: number): Promise<SecondFactor> {
  const factor = await factorOf(userId);
  return {
    enrolledAt: factor?.confirmed_at?.toISOString() ?? null,
    recoveryCodesLeft: factor?.confirmed_at ? await recoveryCodesLeft(userId) : 0,
  };
}

export const hasSecondFactor = async (userId: number) => Boolean((await factorOf(userId))?.confirmed_at);

/** The organisation asks for a second factor, and this one has none: only enrolling is open to them. */
export async function mustEnrol(staff: Staff): Promise<boolean> {
  return (await settings()).requireSecondFactor && !(await hasSecondFactor(staff.userId));
}

/** What an authenticator app is shown; the same until it is confirmed. @throws Conflict when there is one already. */
export async function beginEnrolment(staff: Staff): Promise<{ uri: string; secret: string }> {
  const known = await factorOf(staff.userId);
  if (known?.confirmed_at) throw new Conflict("You have a second factor already.");
  const opened = known && unseal(known.secret, PURPOSE, staff.userId);
  const secret = opened ? secretFrom(opened) : new Secret({ size: SECRET_BYTES });
  if (!opened) {
    const sealed = seal(Buffer.from(secret.bytes), PURPOSE, staff.userId);
    await exec(sql`insert into second_factors (user_id, secret) values (${staff.userId}, ${sealed})
      on conflict (user_id) do update set secret = excluded.secret, created_at = now()
      where second_factors.confirmed_at is null`);
  }
  const totp = new TOTP({ issuer: "HeraDesk", label: staff.username, secret, period: PERIOD_S });
  return { uri: totp.toString(), secret: secret.base32 };
}

/** The app shows the right code: from now on it is asked for. @returns recovery codes, never shown again. @throws Invalid */
export async function confirmEnrolment(staff: Staff, code: string): Promise<string[]> {
  await countTry(`code:${staff.userId}`, TRIES, TRIES_WINDOW_S);
  if (await hasSecondFactor(staff.userId)) throw new Conflict("You have a second factor already.");
  if (!(await takeCode(staff.userId, code))) throw wrongCode();
  const codes = await transaction(async (tx) => {
    await exec(sql`update second_factors set confirmed_at = now() where user_id = ${staff.userId}`, tx);
    await logActivity(staff.userId, "second_factor.enrolled", null, {}, tx);
    return makeRecoveryCodes(staff.userId, tx);
  });
  await endSessionsOf(staff.userId, staff.sid);
  return codes;
}

/** Fresh recovery codes; the old ones are worth nothing. @throws NotFound without a second factor. */
export async function renewRecoveryCodes(staff: Staff): Promise<string[]> {
  if (!(await hasSecondFactor(staff.userId))) throw new NotFound("You have no second factor.");
  return transaction(async (tx) => {
    await logActivity(staff.userId, "second_factor.codes_renewed", null, {}, tx);
    return makeRecoveryCodes(staff.userId, tx);
  });
}

/** @throws NotAllowed while the organisation asks for one. */
export async function removeSecondFactor(staff: Staff): Promise<void> {
  if ((await settings()).requireSecondFactor) throw new NotAllowed("Your organisation asks for a second factor.");
  await forget(staff.userId);
  await logActivity(staff.userId, "second_factor.removed");
}

/**
 * An admin takes away somebody's lost factor, and ends where they are signed in. One's own goes with one's password.
 * @throws NotAllowed, NotFound
 */
export async function resetSecondFactor(admin: Staff, userId: number): Promise<void> {
  if (admin.role !== "admin") throw new NotAllowed();
  if (admin.userId === userId) throw new NotAllowed("Turn off your own second factor in your account.");
  if ((await forget(userId)) === 0) throw new NotFound("That account has no second factor.");
  await logActivity(admin.userId, "second_factor.reset", String(userId));
  await endSessionsOf(userId);
}

function forget(userId: number): Promise<number> {
  return transaction(async (tx) => {
    await exec(sql`delete from recovery_codes where user_id = ${userId}`, tx);
    return exec(sql`delete from second_factors where user_id = ${userId}`, tx);
  });
}

/**
 * The code of an authenticator app, or a recovery code; either counts once. Whoever tries already knows the password:
 * tries are counted by address, and by account over all addresses.
 * @throws RateLimited
 */
export async function codeMatches(userId: number, code: string, ip: string | null): Promise<boolean> {
  const keys = [`code:${userId}:${networkOf(ip)}`, `code:${userId}`] as const;
  await countTry(keys[0], TRIES, TRIES_WINDOW_S);
  await countTry(keys[1], TRIES_PER_ACCOUNT, TRIES_WINDOW_S);
  const ofApp = /^\d{3}\s?\d{3}$/.test(code);
  if (!(await (ofApp ? takeCode(userId, code) : takeRecoveryCode(userId, code)))) return false;
  await Promise.all(keys.map(clearTries));
  return true;
}

export const WRONG_CODE = "That code is not right, or was used already. Wait for the next one.";

const wrongCode = () => new Invalid(WRONG_CODE, { code: WRONG_CODE });

/** One statement decides: of two who bring the same code at once, one is late. */
async function takeCode(userId: number, code: string): Promise<boolean> {
  const factor = await factorOf(userId);
  const secret = factor && unseal(factor.secret, PURPOSE, userId);
  if (!factor || !secret) return false;
  const totp = new TOTP({ secret: secretFrom(secret), period: PERIOD_S });
  const delta = totp.validate({ token: code.replaceAll(/\s/g, ""), timestamp: factor.now_ms, window: WINDOW });
  if (delta === null) return false;
  const step = Math.floor(factor.now_ms / 1_000 / PERIOD_S) + delta;
  const taken = await exec(
    sql`update second_factors set last_step = ${step} where user_id = ${userId} and last_step < ${step}`,
  );
  return taken === 1;
}

const secretFrom = (bytes: Buffer) => new Secret({ buffer: new Uint8Array(bytes).buffer });
