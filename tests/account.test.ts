import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { openAuthSession } from "~/auth/auth-session.server";
import { signAccessToken } from "~/auth/access-token.server";
import { hashPassword } from "~/auth/password.server";
import { exec, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { pageVisitor, type PageVisitor } from "~/testing/page-visitor";
import { startProxy, type Proxy } from "../scripts/faults/proxy.ts";
import { startWorld } from "./world";

const PASSWORD = "correct horse battery";
const NEXT = "seven quiet herons";

let listen: Proxy;
beforeAll(async () => {
  listen = await startProxy({ target: () => ({ port: Number(new URL(process.env.DATABASE_URL ?? "").port) }) });
  return () => listen.stop();
});

/** LISTEN goes another way than the rest, so that it can be swallowed. */
function listenUrl() {
  const url = new URL(process.env.DATABASE_URL ?? "");
  [url.hostname, url.port] = ["127.0.0.1", String(listen.port)];
  return { DATABASE_LISTEN_URL: url.href };
}
const world = startWorld(2, listenUrl);

let hash: string;
beforeAll(async () => {
  hash = await hashPassword(PASSWORD);
});

async function hireWithPassword(name: string, role?: "cs" | "admin") {
  const staff = await world.agent(name, role);
  await exec(sql`update users set password_hash = ${hash} where id = ${staff.userId}`);
  return staff;
}

async function signedIn(name: string, instance = 0, userAgent = "test"): Promise<PageVisitor> {
  const browser = pageVisitor(world.instances[instance]?.url ?? "", { "User-Agent": userAgent });
  const answer = await browser.post("/login", { username: name, password: PASSWORD });
  expect(answer.status).toBe(303);
  return browser;
}

const me = async (browser: PageVisitor) => (await browser.get("/api/auth/me")).status;

async function openDesk(userId: number, instance: number) {
  const { sid } = await openAuthSession(userId, { ip: null, userAgent: null });
  const desk = await world.open("/ws/cs", await signAccessToken(userId, sid), instance);
  await desk.event("cs:connected");
  return { sid, closed: new Promise<number>((resolve) => desk.socket.once("close", resolve)) };
}

describe("where one is signed in", () => {
  test("is listed with browser, address and time, one's own alone, and one of them can be ended", async () => {
    await hireWithPassword("ada");
    await hireWithPassword("ben");
    await signedIn("ben", 0, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0 of-ben");
    const here = await signedIn("ada", 0, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
    const there = await signedIn("ada", 1, "Mozilla/5.0 (iPhone) Safari/604");
    const page = await (await here.get("/account")).text();
    expect(page).toContain("Firefox, Linux");
    expect(page).toContain("Safari, iPhone");
    expect(page).toContain("127.0.0.1");
    expect(page).not.toContain("of-ben");
    const row = page.slice(page.indexOf("Safari, iPhone"));
    const sid = /name="sid" value="([\w-]+)"/.exec(row)?.[1] ?? "";
    const ended = await here.post("/account?index", { intent: "end", sid });
    expect([ended.status, ended.headers.get("Location")]).toEqual([303, "/account?ended"]);
    expect([await me(here), await me(there)]).toEqual([200, 401]);
  });

  test("somebody else's is not there to be ended", async () => {
    const [cleo, mallory] = [await hireWithPassword("cleo"), await hireWithPassword("mallory")];
    const { sid } = await openAuthSession(cleo.userId, { ip: null, userAgent: null });
    const thief = await signedIn("mallory");
    expect((await thief.post("/account?index", { intent: "end", sid })).status).toBe(404);
    expect((await call(world.url, "/api/auth/me", { token: await signAccessToken(cleo.userId, sid) })).status).toBe(
      200,
    );
    expect(mallory.userId).not.toBe(cleo.userId);
  });

  test("signing out everywhere ends all of it, here too, and open sockets with it", async () => {
    const dora = await hireWithPassword("dora");
    const [here, there] = [await signedIn("dora", 0), await signedIn("dora", 1)];
    const desks = [await openDesk(dora.userId, 0), await openDesk(dora.userId, 1)];
    const answer = await here.post("/account?index", { intent: "everywhere" });
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/login"]);
    expect([await me(here), await me(there)]).toEqual([401, 401]);
    expect(await Promise.all(desks.map(({ closed }) => closed))).toEqual([4003, 4003]);
  });

  test("who signs in again in the same browser leaves no sign-in behind, and none of another browser's", async () => {
    await hireWithPassword("ivy");
    const [here, there] = [await signedIn("ivy"), await signedIn("ivy", 1)];
    const before = here.cookies();
    await here.post("/login", { username: "ivy", password: PASSWORD });
    expect(here.cookies()).not.toBe(before);
    const old = await fetch(`${world.url}/api/auth/me`, { headers: { Cookie: before } });
    expect([old.status, await me(here), await me(there)]).toEqual([401, 200, 200]);
    // The other browser's, and the one that everybody here is hired with.
    expect((await (await here.get("/account")).text()).match(/name="sid"/g)).toHaveLength(2);
  });

  test("after 30 days the password is asked for again, however often one came back", async () => {
    const emma = await hireWithPassword("emma");
    const { sid, refreshToken } = await openAuthSession(emma.userId, { ip: null, userAgent: null });
    await exec(sql`
      update auth_sessions set created_at = now() - interval '29 days 23 hours',
        rotated_at = now() - interval '1 hour' where id = ${sid}`);
    const refresh = (token: string) =>
      call(world.url, "/api/auth/refresh", {
        method: "POST",
        headers: { Cookie: `hd_refresh=${token}`, Origin: world.url },
      });
    const renewed = await refresh(refreshToken);
    expect(renewed.status).toBe(200);
    const next = /hd_refresh=([^;]+)/.exec(renewed.headers.get("Set-Cookie") ?? "")?.[1] ?? "";
    // As if that hour had gone by.
    const hour = sql`interval '61 minutes'`;
    await exec(sql`update auth_sessions set created_at = created_at - ${hour}, expires_at = expires_at - ${hour},
      rotated_at = rotated_at - ${hour} where id = ${sid}`);
    expect((await refresh(next)).status).toBe(401);
    expect((await call(world.url, "/api/auth/me", { token: renewed.body.token })).status).toBe(401);
  });
});

describe("a new password", () => {
  test("ends every other sign-in, on both instances, and the old one opens nothing", async () => {
    const fay = await hireWithPassword("fay");
    const [here, there] = [await signedIn("fay", 0), await signedIn("fay", 1)];
    const desk = await openDesk(fay.userId, 1);
    const form = { intent: "password", current: PASSWORD, next: NEXT };
    const changed = await here.post("/account?index", form);
    expect([changed.status, changed.headers.get("Location")]).toEqual([303, "/account?changed"]);
    expect([await me(here), await me(there), await desk.closed]).toEqual([200, 401, 4003]);
    const login = (password: string) => call(world.url, "/api/auth/login", { body: { username: "fay", password } });
    expect([(await login(PASSWORD)).status, (await login(NEXT)).status]).toEqual([401, 200]);
  });

  test("asks for the present one, and says what is wrong with the new one without showing either", async () => {
    await hireWithPassword("gus");
    const browser = await signedIn("gus");
    for (const [current, next, reason] of [
      ["wrong", NEXT, "That is not your password."],
      [PASSWORD, PASSWORD, "That is the old one."],
      [PASSWORD, "tooshort", "Use at least 12 characters"],
      [PASSWORD, "1qaz2wsx3edc", "one of the commonest"],
      [PASSWORD, "é".repeat(40), "this one has 80"],
    ] as const) {
      const answer = await browser.post("/account?index", { intent: "password", current, next });
      const page = await answer.text();
      expect([answer.status, page.includes(reason)], reason).toEqual([400, true]);
      expect(page).not.toContain(`value="${next}"`);
    }
    expect(await me(browser)).toBe(200);
  });
});

test("with LISTEN in a black hole, an ended sign-in loses its sockets on both instances within 5 s all the same", async () => {
  const hana = await hireWithPassword("hana");
  const desks = [await openDesk(hana.userId, 0), await openDesk(hana.userId, 1)];
  const browser = await signedIn("hana");
  expect(listen.freeze("both", { newToo: true })).toBeGreaterThan(1);
  try {
    await browser.post("/account?index", { intent: "password", current: PASSWORD, next: NEXT });
    const inTime = Promise.all(desks.map(({ closed }) => closed));
    expect(await Promise.race([inTime, delay(5_000, "too late")])).toEqual([4003, 4003]);
  } finally {
    listen.thaw();
  }
});
