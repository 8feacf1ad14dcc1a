import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { env } from "~/env.server";

const ISSUER = "heradesk";
const AUDIENCE = "heradesk-staff";
const TYPE = "at+jwt";

const claims = z.object({ sub: z.string().regex(/^\d+$/), sid: z.uuid(), exp: z.number() });

const key = () => new TextEncoder().encode(env().JWT_SECRET);

/** A short-lived proof that `sid` was signed in; whether it still is, is asked of the database. */
export function signAccessToken(userId: number, sid: string): Promise<string> {
  return new SignJWT({ sid })
    .setProtectedHeader({ alg: "HS256", typ: TYPE })
    .setSubject(String(userId))
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + env().JWT_EXPIRES_IN)
    .sign(key());
}

/** @returns null for anything but a valid, unexpired access token of ours. */
export async function readAccessToken(token: string): Promise<{ userId: number; sid: string } | null> {
  try {
    const { payload } = await jwtVerify(token, key(), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: TYPE,
      requiredClaims: ["exp", "sid", "sub"],
    });
    const { sub, sid } = claims.parse(payload);
    return { userId: Number(sub), sid };
  } catch {
    return null;
  }
}
