import { createHmac, timingSafeEqual } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import { customerCookie } from "~/auth/cookies.server";
import { originAllowed } from "~/auth/origins.server";
import { newSecret } from "~/auth/secret-token.server";
import { TOKEN_FORM } from "~/auth/visitor.server";
import { ipOf } from "~/auth/client-ip.server";
import { log } from "~/log.server";
import { env } from "~/env.server";
import { loggedPath } from "./request-log.server";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
/** What a page of another site can send without asking first (CORS). */
const FORM_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)/i;
/** The token is the first thing in a form of ours. */
const PEEKED_BYTES = 16_384;

/**
 * Refuses forged requests on every route: by Sec-Fetch-Site, else by Origin, else by the token that each of our forms
 * carries. Programs that send JSON and neither header are let through: no foreign page can make a browser do that.
 * A body without a type can come from anywhere, and is let through only when no cookie speaks for it.
 */
export async function refuseForgedRequests(req: Request, res: Response, next: NextFunction) {
  if (SAFE_METHODS.has(req.method) || (await isOurs(req))) return next();
  log().warn({ ip: ipOf(req), path: loggedPath(req.path) }, "a forged request was refused");
  const message = "This request came from another site, or the page was open for too long. Reload it and try again.";
  if (req.path.startsWith("/api/")) {
    res.status(403).json({ success: false, error: { code: "FORGED", message } });
  } else res.status(403).type("text/plain").send(message);
}

async function isOurs(req: Request): Promise<boolean> {
  const { origin } = req.headers;
  const site = req.get("Sec-Fetch-Site");
  if (origin !== undefined && !originAllowed(origin)) return false;
  if (site !== undefined) return site === "same-origin" || site === "none";
  if (origin !== undefined) return true;
  if (req.headers.authorization?.startsWith("Bearer ") && !req.headers.cookie) return true;
  const type = req.get("Content-Type");
  if (type === undefined ? !req.headers.cookie : !FORM_TYPES.test(type)) return true;
  return tokenMatches(req, await peek(req));
}

/** Bound to the browser's own cookie: a token from another browser is worth nothing here. */
export function formToken(cookieHeader: string | undefined): string {
  return createHmac("sha256", `${env().JWT_SECRET}:form`)
    .update(customerCookie.read(cookieHeader) ?? "")
    .digest("base64url");
}

function tokenMatches(req: Request, start: string): boolean {
  const shown = /(?:^|&|name=")_token(?:=|"\r\n\r\n)([\w-]{43})/.exec(start)?.[1];
  if (!shown || !customerCookie.read(req.headers.cookie)) return false;
  return timingSafeEqual(Buffer.from(shown), Buffer.from(formToken(req.headers.cookie)));
}

/** The beginning of the body, put back for who reads it next. */
function peek(req: Request): Promise<string> {
  return new Promise((resolve) => {
    const done = () => {
      const chunk = req.read() as Buffer | null;
      if (chunk) req.unshift(chunk);
      resolve(chunk?.toString("latin1", 0, PEEKED_BYTES) ?? "");
    };
    if (req.readableLength > 0) done();
    else req.once("readable", done);
    req.once("error", () => resolve(""));
  });
}

/** Every browser gets its customer token with the first page: forms are bound to it, and a start sent twice is one customer's. */
export function ensureCustomerCookie(req: Request, res: Response, next: NextFunction) {
  const shown = customerCookie.read(req.headers.cookie);
  if (req.method === "GET" && req.accepts("html") && !(shown && TOKEN_FORM.test(shown))) {
    const fresh = customerCookie.write(newSecret());
    res.append("Set-Cookie", fresh);
    req.headers.cookie = [req.headers.cookie, fresh.split(";")[0]].filter(Boolean).join("; ");
  }
  next();
}
