import type { NextFunction, Request, Response } from "express";
import { readAccessToken } from "~/auth/access-token.server";
import { accessCookie, refreshCookie } from "~/auth/cookies.server";
import { refreshSignIn } from "~/auth/login.server";
import { NotSignedIn } from "~/chat/errors";
import { log } from "~/log.server";

/**
 * An access token lives for minutes, a sign-in for days: a page or a form that comes with an expired one gets the next
 * pair on its way, so that nobody loses what they typed. Scripts and programs (/api/) hear 401 and ask by themselves.
 */
export async function keepSignedIn(req: Request, res: Response, next: NextFunction) {
  try {
    if (!req.path.startsWith("/api/") && (await needsNewPair(req))) await renew(req, res);
  } catch (error) {
    if (!(error instanceof NotSignedIn)) log().warn({ error: String(error) }, "could not renew a sign-in");
  }
  next();
}

async function needsNewPair({ headers: { cookie } }: Request): Promise<boolean> {
  if (!refreshCookie.read(cookie)) return false;
  const access = accessCookie.read(cookie);
  return access === null || (await readAccessToken(access)) === null;
}

async function renew(req: Request, res: Response) {
  const { cookies } = await refreshSignIn(req.headers.cookie ?? null);
  const fresh = cookies.map((cookie) => cookie.split(";")[0] ?? "");
  const names = fresh.map((pair) => pair.slice(0, pair.indexOf("=") + 1));
  const others = (req.headers.cookie ?? "").split(/;\s*/).filter((pair) => !names.some((n) => pair.startsWith(n)));
  req.headers.cookie = [...others, ...fresh].join("; ");
  for (const cookie of cookies) res.append("Set-Cookie", cookie);
}
