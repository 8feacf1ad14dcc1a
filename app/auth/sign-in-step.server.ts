import { createHash } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { maybeOne, sql } from "~/db.server";
import { env } from "~/env.server";
import { STEP_S } from "./cookies.server";

const TYPE = "step+jwt";
const AUDIENCE = "heradesk-second-step";

const key = () => new TextEncoder().encode(env().JWT_SECRET);
const claims = z.object({ sub: z.string().regex(/^\d+$/), pw: z.string() });

/** Proof that the password was right a moment ago; it opens nothing but the question for the second factor. */
export async function signStep(userId: number): Promise<string> {
  return new SignJWT({ pw: (await passwordMark(userId)) ?? "" })
    .setProtectedHeader({ alg: "HS256", typ: TYPE })
    .setSubject(String(userId))
    .setAudience(AUDIENCE)
    .setExpirationTime(Math.floor(Date.now() / 1000) + STEP_S)
    .sign(key());
}

/** @returns whose it is; null when it is worth nothing, or the password was changed since. */
export async function readStep(token: string | null): Promise<number | null> {
  if (!token) return null;
  try {
    const options = { algorithms: ["HS256"], audience: AUDIENCE, typ: TYPE, requiredClaims: ["exp", "sub", "pw"] };
    const { sub, pw } = claims.parse((await jwtVerify(token, key(), options)).payload);
    return pw === (await passwordMark(Number(sub))) ? Number(sub) : null;
  } catch {
    return null;
  }
}

async function passwordMark(userId: number): Promise<string | null> {
  const row = await maybeOne(
    z.object({ hash: z.string() }),
    sql`select password_hash as hash from users where id = ${userId} and disabled_at is null`,
  );
  return row && createHash("sha256").update(row.hash).digest("base64url").slice(0, 22);
}
