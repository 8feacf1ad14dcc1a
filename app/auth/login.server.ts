import { z } from "zod";
import { maybeOne, sql } from "~/db.server";
import { logActivity } from "~/activity/log.server";
import { log } from "~/log.server";
import { NotSignedIn, SecondFactorRequired } from "~/chat/errors";
import { signAccessToken } from "./access-token.server";
import {
  openAuthSession,
  revokeAuthSession,
  rotateRefreshToken,
  sessionOfRefreshToken,
  staffOfSession,
  type From,
} from "./auth-session.server";
import { accessCookie, refreshCookie } from "./cookies.server";
import { passwordMatches } from "./password.server";
import { networkOf } from "./network.server";
import { clearTries, countTry } from "./rate-limit.server";
import { getStaff } from "./require.server";
import { codeInput, codeMatches, hasSecondFactor, WRONG_CODE } from "./second-factor.server";
import { readStep } from "./sign-in-step.server";

export const loginInput = z.object({
  username: z.string().trim().toLowerCase().min(1, "Write your username.").max(80, "That is too long for a username."),
  password: z.string().min(1, "Write your password.").max(1_000, "That is too long for a password."),
  /** Of an authenticator app, or a recovery code: for accounts with a second factor. */
  code: codeInput.shape.code.optional(),
});

export interface PublicUser {
  id: number;
  username: string;
  name: string;
  role: "admin" | "cs";
}

export interface SignedIn {
  user: PublicUser;
  token: string;
  cookies: string[];
}

const WINDOW_S = 900;
const TRIES_PER_ACCOUNT_AND_ADDRESS = 10;
const TRIES_PER_ADDRESS = 100;

const accountRow = z.object({
  id: z.number(),
  username: z.string(),
  name: z.string(),
  role: z.enum(["admin", "cs"]),
  password_hash: z.string(),
});

/**
 * Signs in; the same refusal for an unknown name and a wrong password, in the same time. Tries are counted by account
 * and address together, so that a stranger cannot lock somebody else out.
 * A sign-in that the same browser still holds ends. @throws NotSignedIn, SecondFactorRequired, RateLimited
 */
export async function signIn(
  input: z.infer<typeof loginInput>,
  from: From,
  cookieHeader: string | null,
): Promise<SignedIn> {
  const pair = pairOf(input.username, from);
  await countTry(`login:${networkOf(from.ip)}`, TRIES_PER_ADDRESS, WINDOW_S);
  await countTry(pair, TRIES_PER_ACCOUNT_AND_ADDRESS, WINDOW_S);
  const account = await maybeOne(
    accountRow,
    sql`select id, username, name, role, password_hash from users
      where username = ${input.username} and disabled_at is null`,
  );
  if (!(await passwordMatches(input.password, account?.password_hash ?? null)) || !account) {
    // Of a name that is nobody's, nothing is kept: it may well be a password in the wrong field.
    await logActivity(account?.id ?? null, "login.failed", account?.username ?? null, { ip: from.ip });
    log().warn({ userId: account?.id ?? null, ip: from.ip }, "a sign-in was refused");
    throw new NotSignedIn("That username and password do not match.");
  }
  if (await hasSecondFactor(account.id)) {
    if (!input.code) throw new SecondFactorRequired(account.id);
    await proveCode(account.id, input.code, from);
  }
  await clearTries(pair);
  const { password_hash: _, ...user } = account;
  return open(user, from, cookieHeader);
}

/** The second step of the form, after the password. @throws NotSignedIn, RateLimited */
export async function finishSignIn(
  step: string | null,
  code: string,
  from: From,
  cookieHeader: string | null,
): Promise<SignedIn> {
  const userId = await readStep(step);
  const user =
    userId &&
    (await maybeOne(
      accountRow.omit({ password_hash: true }),
      sql`select id, username, name, role from users where id = ${userId} and disabled_at is null`,
    ));
  if (!user) throw new NotSignedIn("That took too long. Begin again with your password.");
  await proveCode(user.id, code, from);
  await clearTries(pairOf(user.username, from));
  return open(user, from, cookieHeader);
}

const pairOf = (username: string, from: From) => `login:${username}:${networkOf(from.ip)}`;

async function proveCode(userId: number, code: string, from: From) {
  if (await codeMatches(userId, code, from.ip)) return;
  await logActivity(userId, "login.code_refused", null, { ip: from.ip });
  log().warn({ userId, ip: from.ip }, "a second factor was refused");
  throw new NotSignedIn(WRONG_CODE);
}

async function open(user: PublicUser, from: From, cookieHeader: string | null): Promise<SignedIn> {
  const left = await sessionShown(cookieHeader);
  if (left) await revokeAuthSession(left);
  const { sid, refreshToken } = await openAuthSession(user.id, from);
  await logActivity(user.id, "login", null, { ip: from.ip });
  log().info({ userId: user.id, ip: from.ip }, "signed in");
  return withCookies(user, await signAccessToken(user.id, sid), refreshToken);
}

/** New tokens for a refresh cookie. @throws NotSignedIn */
export async function refreshSignIn(cookieHeader: string | null): Promise<SignedIn> {
  const shown = refreshCookie.read(cookieHeader);
  const next = shown && (await rotateRefreshToken(shown));
  const staff = next && (await staffOfSession(next.sid, next.userId));
  if (!staff) throw new NotSignedIn("Your sign-in has ended. Sign in again.");
  const token = await signAccessToken(staff.userId, staff.sid);
  return withCookies(publicUser(staff), token, next.refreshToken);
}

/** @returns Set-Cookie values that clear the sign-in. */
export async function signOut(request: Request): Promise<string[]> {
  const staff = await getStaff(request);
  // After a quarter of an hour only the refresh cookie still says who it is.
  const sid = staff?.sid ?? (await sessionShown(request.headers.get("Cookie")));
  if (sid) await revokeAuthSession(sid);
  if (staff) await logActivity(staff.userId, "logout");
  return [accessCookie.clear(), refreshCookie.clear()];
}

async function sessionShown(cookieHeader: string | null): Promise<string | null> {
  const shown = refreshCookie.read(cookieHeader);
  return shown && sessionOfRefreshToken(shown);
}

export const publicUser = (staff: { userId: number } & Omit<PublicUser, "id">): PublicUser => ({
  id: staff.userId,
  username: staff.username,
  name: staff.name,
  role: staff.role,
});

/** The first page of somebody's work. */
export const homeOf = ({ role }: { role: "admin" | "cs" }) => (role === "admin" ? "/admin" : "/cs");

/** Only a path on this site, never `//evil` or `/\evil`, in characters that a header may hold. */
export function safeRedirect(to: string | null | undefined, fallback: string): string {
  if (!to || !/^\/(?![/\\])[!-[\]-~]*$/.test(to)) return fallback;
  return new URL(to, "http://here.invalid").host === "here.invalid" ? to : fallback;
}

function withCookies(user: PublicUser, token: string, refreshToken: string | null): SignedIn {
  const cookies = [accessCookie.write(token), ...(refreshToken ? [refreshCookie.write(refreshToken)] : [])];
  return { user, token, cookies };
}
