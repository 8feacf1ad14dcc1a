import { setTimeout as delay } from "node:timers/promises";
import { SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { hashPassword } from "~/auth/password.server";
import { exec, one, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { pageVisitor } from "~/testing/page-visitor";
import { startWorld } from "./world";

const world = startWorld(2);
const PASSWORD = "correct horse battery";

let ada: { userId: number };
beforeAll(async () => {
  ada = await world.agent("ada");
  await exec(sql`update users set password_hash = ${await hashPassword(PASSWORD)}`);
});

/** A fresh sign-in with all that it hands out. */
async function signIn() {
  const { body, headers } = await call(world.url, "/api/auth/login", {
    body: { username: "ada", password: PASSWORD },
  });
  const payload = JSON.parse(Buffer.from(body.token.split(".")[1], "base64url").toString());
  return { token: body.token as string, refresh: refreshIn(headers), sid: payload.sid as string };
}

const refreshIn = (headers: Headers) => /hd_refresh=([^;]+)/.exec(headers.get("Set-Cookie") ?? "")?.[1] ?? "";
const me = async (token: string, instance = 0) =>
  (await call(world.instances[instance]?.url ?? "", "/api/auth/me", { token })).status;
const refresh = (token: string, instance = 0) =>
  call(world.instances[instance]?.url ?? "", "/api/auth/refresh", {
    method: "POST",
    headers: { Cookie: `hd_refresh=${token}`, Origin: world.instances[instance]?.url ?? "" },
  });
const raceIsOver = (sid: string) =>
  exec(sql`update auth_sessions set rotated_at = rotated_at - interval '11 seconds' where id = ${sid}`);

async function openDesk(token: string, instance: number) {
  const desk = await world.open("/ws/cs", token, instance);
  await desk.event("cs:connected");
  return { desk, closed: new Promise<number>((resolve) => desk.socket.once("close", resolve)) };
}

describe("refresh", () => {
  test("gives a new pair, and the old refresh token is spent", async () => {
    const { refresh: first, sid } = await signIn();
    const second = await refresh(first);
    expect(second.body).toEqual({
      success: true,
      token: expect.any(String),
      user: expect.objectContaining({ name: "Ada" }),
    });
    const next = refreshIn(second.headers);
    expect(next).not.toBe(first);
    expect(await me(second.body.token, 1)).toBe(200);
    await raceIsOver(sid);
    expect((await refresh(next, 1)).status).toBe(200);
  });

  test("two tabs that ask at once on two instances stay signed in; the later one keeps the first one's cookie", async () => {
    const { refresh: shown, sid } = await signIn();
    const both = await Promise.all([refresh(shown, 0), refresh(shown, 1)]);
    expect(both.map((b) => b.status)).toEqual([200, 200]);
    for (const { body } of both) expect(await me(body.token)).toBe(200);
    const given = both.map((b) => refreshIn(b.headers)).filter(Boolean);
    expect(given).toHaveLength(1);
    await raceIsOver(sid);
    expect((await refresh(given[0] ?? "")).status).toBe(200);
  });

  test("an old token shown again later ends everything that came from that sign-in", async () => {
    const { token, refresh: stolen, sid } = await signIn();
    const other = await signIn();
    const rightful = await refresh(stolen);
    const { closed } = await openDesk(rightful.body.token, 1);
    await raceIsOver(sid);
    const thief = await refresh(stolen);
    expect([thief.status, thief.headers.get("Set-Cookie")]).toEqual([401, null]);
    expect(await closed).toBe(4003);
    expect(await me(token)).toBe(401);
    expect(await me(rightful.body.token, 1)).toBe(401);
    expect((await refresh(refreshIn(rightful.headers), 1)).status).toBe(401);
    // Another sign-in of the same person is another family.
    expect(await me(other.token)).toBe(200);
  });

  test("what is no refresh token is refused, and ends nothing", async () => {
    const { token, sid } = await signIn();
    for (const shown of ["", "x", "x.y", "a.b.c", token, encodeURIComponent("' or 1=1")]) {
      expect((await refresh(shown)).status).toBe(401);
    }
    await call(world.url, "/api/auth/logout", {
      method: "POST",
      headers: { Cookie: `hd_refresh=${sid}.guessed`, Origin: world.url },
    });
    expect(await me(token)).toBe(200);
  });

  test("an expired sign-in is over", async () => {
    const { token, refresh: shown, sid } = await signIn();
    await exec(sql`update auth_sessions set expires_at = now() where id = ${sid}`);
    expect((await refresh(shown)).status).toBe(401);
    expect(await me(token)).toBe(401);
  });
});

describe("a page whose access token has expired", () => {
  const expired = async (sid: string) => forge({ sid, exp: seconds(-1) });

  test("is shown all the same, and brings the next pair; so does a form", async () => {
    const { refresh: shown, sid } = await signIn();
    const browser = pageVisitor(world.url);
    browser.jar.set("hd_access", await expired(sid)).set("hd_refresh", shown);
    expect((await browser.get("/cs")).status).toBe(200);
    expect(browser.jar.get("hd_refresh")).not.toBe(shown);
    await raceIsOver(sid);
    browser.jar.set("hd_access", await expired(sid));
    const answer = await browser.post("/cs", { status: "busy" });
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/cs"]);
    expect((await call(world.url, "/api/cs/status", { token: browser.jar.get("hd_access") })).body.status).toBe("busy");
  });

  test("leads to the form when the refresh token is worth nothing; a call hears 401", async () => {
    const { sid } = await signIn();
    const browser = pageVisitor(world.url);
    browser.jar.set("hd_access", await expired(sid)).set("hd_refresh", `${crypto.randomUUID()}.x`);
    expect((await browser.get("/cs")).headers.get("Location")).toBe("/login?redirectTo=%2Fcs");
    expect((await browser.get("/api/auth/me")).status).toBe(401);
  });

  test("signing out works with the refresh cookie alone", async () => {
    const { token, refresh: shown } = await signIn();
    const browser = pageVisitor(world.url);
    browser.jar.set("hd_refresh", shown);
    await browser.post("/logout", {});
    expect(await me(token)).toBe(401);
  });
});

const SECRET = "only-for-tests-0123456789abcdef0123456789abcdef";
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

interface Forgery extends JWTPayload {
  secret?: string;
  alg?: string;
  typ?: string;
  header?: object;
}

/** An access token like ours, but for what is given. */
function forge({ secret = SECRET, alg = "HS256", typ = "at+jwt", header = {}, ...claims }: Forgery) {
  const payload = { sub: String(ada.userId), iss: "heradesk", aud: "heradesk-staff", exp: seconds(600), ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg, typ, ...header }).sign(new TextEncoder().encode(secret));
}

describe("access tokens", () => {
  test("one like ours is taken", async () => {
    const { sid } = await signIn();
    expect(await me(await forge({ sid }))).toBe(200);
  });

  const forgeries: [string, (sid: string) => Promise<string> | string][] = [
    ["expired", (sid) => forge({ sid, exp: seconds(-1) })],
    ["without exp", (sid) => forge({ sid, exp: undefined })],
    ["not valid yet", (sid) => forge({ sid, nbf: seconds(600) })],
    ["without sid", () => forge({})],
    ["with the sid of nobody", () => forge({ sid: crypto.randomUUID() })],
    ["with a sid that is no id", () => forge({ sid: "1 or 1=1" })],
    ["of somebody else", (sid) => forge({ sid, sub: "999999" })],
    ["with words for a user", (sid) => forge({ sid, sub: "ada" })],
    ["for another audience", (sid) => forge({ sid, aud: "heradesk-customer" })],
    ["of another issuer", (sid) => forge({ sid, iss: "elsewhere" })],
    ["of another type", (sid) => forge({ sid, typ: "JWT" })],
    ["by another key", (sid) => forge({ sid, secret: "x".repeat(48) })],
    ["by another algorithm", (sid) => forge({ sid, alg: "HS512" })],
    ["with a kid that names a key", (sid) => forge({ sid, secret: "x".repeat(48), header: { kid: "../../dev/null" } })],
    ["with its own key", (sid) => forge({ sid, secret: "x".repeat(48), header: { jwk: { kty: "oct", k: "eHh4" } } })],
    [
      "with alg none",
      (sid) =>
        new UnsecuredJWT({ sid, sub: String(ada.userId), iss: "heradesk", aud: "heradesk-staff" })
          .setExpirationTime("1h")
          .encode(),
    ],
    [
      "tampered with",
      async (sid) =>
        (await forge({ sid })).replace(
          /\.[^.]+\./,
          (p) =>
            `.${Buffer.from(Buffer.from(p.slice(1, -1), "base64url").toString().replace("heradesk-staff", "heradesk-stafF")).toString("base64url")}.`,
        ),
    ],
    ["cut short", async (sid) => (await forge({ sid })).slice(0, -5)],
    ["empty", () => "."],
  ];
  test.each(forgeries)("one %s is refused at every door", async (_, make) => {
    const { sid, token } = await signIn();
    const forged = await make(sid);
    expect(await me(forged)).toBe(401);
    const page = await fetch(`${world.url}/cs`, { headers: { Cookie: `hd_access=${forged}` }, redirect: "manual" });
    expect(page.status).toBe(302);
    await expect(world.open("/ws/cs", forged)).rejects.toThrow("refused 401");
    expect(await me(token)).toBe(200);
  });

  test("a refresh token is not an access token, nor a customer's", async () => {
    const { refresh: shown } = await signIn();
    const { token } = await world.customer("Hello");
    for (const other of [shown, token]) expect(await me(other)).toBe(401);
    expect((await call(world.url, "/api/chat/messages", { token: (await signIn()).token })).status).toBe(401);
  });
});

describe("what ends a sign-in ends its sockets on every instance", () => {
  test("a logout, within the second", async () => {
    const { token, sid } = await signIn();
    const { closed } = await openDesk(token, 1);
    const began = Date.now();
    await call(world.url, "/api/auth/logout", { token, method: "POST" });
    expect(await closed).toBe(4003);
    expect(Date.now() - began).toBeLessThan(2_000);
    const leases = await one(
      z.object({ n: z.number() }),
      sql`select count(*)::integer as n from cs_leases where id = ${sid} and expires_at > now()`,
    );
    expect(leases.n).toBe(0);
  });

  test("an account disabled behind everybody's back, within 5 s, and nothing works any more", async () => {
    const { token, refresh: shown } = await signIn();
    const desks = [await openDesk(token, 0), await openDesk(token, 1)];
    const began = Date.now();
    await exec(sql`update users set disabled_at = now() where id = ${ada.userId}`);
    try {
      expect(await me(token, 1)).toBe(401);
      expect((await refresh(shown)).status).toBe(401);
      const inTime = Promise.all(desks.map((d) => d.closed));
      expect(await Promise.race([inTime, delay(5_000, "too late")])).toEqual([4003, 4003]);
      expect(Date.now() - began).toBeLessThan(5_000);
    } finally {
      await exec(sql`update users set disabled_at = null where id = ${ada.userId}`);
    }
  });
});
