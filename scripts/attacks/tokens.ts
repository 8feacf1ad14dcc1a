import { createHmac } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import { openRaw } from "~/testing/raw-socket";
import { SECRET, signedIn, type Target } from "./target.ts";
import type { Tally } from "./tally.ts";

const now = () => Math.floor(Date.now() / 1000);

/** Tokens that are almost ours, at a call, a page and a socket of either instance. */
export async function tokens(target: Target, tally: Tally) {
  const { userId } = target.unassigned;
  const { sid, refreshToken, token } = await signedIn(userId);
  for (const [name, make] of forgeries(sid, userId, target.admin.userId, token, refreshToken, target)) {
    const forged = await make();
    for (const url of target.urls) await tryAt(url, forged, name, tally);
  }
  const right = await forge({ sid, sub: String(userId) });
  const answer = await fetch(`${target.urls[1]}/api/auth/me`, { headers: { Authorization: `Bearer ${right}` } });
  tally.control("one exactly like ours", answer.status === 200, answer.status);
}

async function tryAt(url: string, token: string, name: string, tally: Tally) {
  const header = /^[\x20-\x7e]*$/.test(token) ? token : encodeURIComponent(token);
  const me = await fetch(`${url}/api/auth/me`, { headers: { Authorization: `Bearer ${header}` } });
  tally.attack(`${name}, as a bearer`, me.status === 401, me.status);
  const page = await fetch(`${url}/admin`, { headers: { Cookie: `hd_access=${header}` }, redirect: "manual" });
  tally.attack(`${name}, as a cookie`, page.status === 302, page.status);
  const opened = await openRaw(`${url}/ws/cs`, { Authorization: `Bearer ${header}` }).catch((e: Error) => e.message);
  tally.attack(`${name}, at a socket`, typeof opened === "string" && /refused 40/.test(opened), opened);
  if (typeof opened !== "string") opened.socket.terminate();
}

interface Forgery {
  alg?: string;
  typ?: string;
  secret?: string;
  header?: object;
  [claim: string]: unknown;
}

function forge({ alg = "HS256", typ = "at+jwt", secret = SECRET, header = {}, ...claims }: Forgery) {
  const payload = { iss: "heradesk", aud: "heradesk-staff", exp: now() + 600, ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg, typ, ...header }).sign(new TextEncoder().encode(secret));
}

/** Signed by hand: libraries refuse to make some of these. */
function raw(header: object, claims: object, key = SECRET, hash = "sha256") {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${createHmac(hash, key).update(body).digest("base64url")}`;
}

function forgeries(sid: string, userId: number, adminId: number, token: string, refresh: string, { anna }: Target) {
  const sub = String(userId);
  const good = { iss: "heradesk", aud: "heradesk-staff", exp: now() + 600, sid, sub };
  const [head = "", body = "", signature = ""] = token.split(".");
  const list: [string, () => Promise<string> | string][] = [
    ["alg none", () => new UnsecuredJWT({ ...good }).encode()],
    ["alg None", () => raw({ alg: "None", typ: "at+jwt" }, good, "")],
    ["alg none with a signature", () => raw({ alg: "none", typ: "at+jwt" }, good)],
    ["alg HS512", () => forge({ sid, sub, alg: "HS512" })],
    ["alg HS384", () => forge({ sid, sub, alg: "HS384" })],
    ["alg says RS256", () => raw({ alg: "RS256", typ: "at+jwt" }, good)],
    ["alg missing", () => raw({ typ: "at+jwt" }, good)],
    ["typ JWT", () => forge({ sid, sub, typ: "JWT" })],
    ["typ of the second step", () => forge({ sid, sub, typ: "step+jwt" })],
    ["typ missing", () => raw({ alg: "HS256" }, good)],
    ["exp missing", () => forge({ sid, sub, exp: undefined })],
    ["exp past", () => forge({ sid, sub, exp: now() - 1 })],
    ["exp a word", () => raw({ alg: "HS256", typ: "at+jwt" }, { ...good, exp: "2099" })],
    ["nbf in an hour", () => forge({ sid, sub, nbf: now() + 3_600 })],
    ["sid missing", () => forge({ sub })],
    ["sid unknown", () => forge({ sub, sid: crypto.randomUUID() })],
    ["sid with SQL", () => forge({ sub, sid: `${sid}' or '1'='1` })],
    ["sid an array", () => raw({ alg: "HS256", typ: "at+jwt" }, { ...good, sid: [sid] })],
    ["sub of the admin", () => forge({ sid, sub: String(adminId) })],
    ["sub missing", () => forge({ sid })],
    ["sub a word", () => forge({ sid, sub: "admin" })],
    ["aud of others", () => forge({ sid, sub, aud: "heradesk" })],
    ["aud missing", () => forge({ sid, sub, aud: undefined })],
    ["iss of others", () => forge({ sid, sub, iss: "evil" })],
    ["another key", () => forge({ sid, sub, secret: "another key another key another key 12345" })],
    ["the empty key", () => raw({ alg: "HS256", typ: "at+jwt" }, good, "")],
    ["kid to /dev/null", () => raw({ alg: "HS256", typ: "at+jwt", kid: "../../../dev/null" }, good, "")],
    ["kid with SQL", () => raw({ alg: "HS256", typ: "at+jwt", kid: "x' union select 'k" }, good, "k")],
    ["its own jwk", () => forge({ sid, sub, secret: "x".repeat(40), header: { jwk: { kty: "oct", k: "eHh4" } } })],
    ["jku elsewhere", () => forge({ sid, sub, secret: "x".repeat(40), header: { jku: "https://evil.example/k" } })],
    ["crit unknown", () => raw({ alg: "HS256", typ: "at+jwt", crit: ["x"], x: 1 }, good)],
    ["cut", () => token.slice(0, -4)],
    ["without signature", () => `${head}.${body}.`],
    ["without dots", () => head + body],
    ["a fourth part", () => `${token}.${signature}`],
    ["another one's signature", () => `${head}.${body}.${anna.token}`],
    ["role claimed", () => raw({ alg: "HS256", typ: "at+jwt" }, { ...good, role: "admin", sub: String(adminId) })],
    ["the refresh token", () => refresh],
    ["a customer's token", () => anna.token],
    ["empty", () => ""],
    ["null", () => "null"],
  ];
  return list;
}
