import bcrypt from "bcryptjs";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { exec, one, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { pageVisitor } from "~/testing/page-visitor";
import { attach, PDF } from "~/testing/upload";
import { startWorld } from "./world";

const world = startWorld(2, { RATE_LIMIT_FACTOR: "1", TRUST_PROXY: "1" });
const PASSWORD = "correct horse battery";

let hash: string;
beforeAll(async () => {
  // Cheap to compare: what is guessed at here is the code, and each try shows the password first.
  hash = await bcrypt.hash(PASSWORD, 4);
});

let addresses = 0;
const address = () => `203.0.113.${++addresses}`;

async function hired(username: string, role?: "admin") {
  const staff = await world.agent(username, role);
  await exec(sql`update users set password_hash = ${hash} where id = ${staff.userId}`);
  return staff;
}

const login = (username: string, code?: string, instance = 0, ip = address()) =>
  call(world.instances[instance]?.url ?? "", "/api/auth/login", {
    body: { username, password: PASSWORD, code },
    headers: { "X-Forwarded-For": ip },
  });

const visitor = (instance = 0) => pageVisitor(world.instances[instance]?.url ?? "", { "X-Forwarded-For": address() });

/** Ahead of the clock by so many steps of 30 s. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** As if no code had been used yet. */
const fresh = (userId: number) => exec(sql`update second_factors set last_step = 0 where user_id = ${userId}`);

async function enrolled(username: string, role?: "admin") {
  const staff = await hired(username, role);
  const browser = visitor();
  await browser.post("/login", { username, password: PASSWORD });
  const page = await (await browser.get("/account/second-factor")).text();
  const secret = (/break-all font-mono">([A-Z2-7 ]+)</.exec(page)?.[1] ?? "").replaceAll(" ", "");
  const answer = await browser.post("/account/second-factor", {
    intent: "confirm",
    password: PASSWORD,
    code: codeOf(secret),
  });
  const recovery = [...(await answer.text()).matchAll(/<li dir="ltr">([\w-]+)</g)].map(([, code]) => code ?? "");
  await fresh(staff.userId);
  return { ...staff, secret, recovery, browser };
}

describe("enrolling", () => {
  test("shows a picture without scripts and the key, wants a right code, and gives ten codes once", async () => {
    const ada = await hired("ada");
    const browser = visitor();
    await browser.post("/login", { username: "ada", password: PASSWORD });
    const page = await (await browser.get("/account/second-factor")).text();
    expect(page).toMatch(/<svg[^>]+role="img"[\s\S]+?<path d="M4 4h1v1h-1z/);
    const secret = (/break-all font-mono">([A-Z2-7 ]+)</.exec(page)?.[1] ?? "").replaceAll(" ", "");
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const wrong = await browser.post("/account/second-factor", {
      intent: "confirm",
      password: PASSWORD,
      code: "000000",
    });
    expect(wrong.status).toBe(400);
    expect((await login("ada")).status).toBe(200);
    const right = await browser.post("/account/second-factor", {
      intent: "confirm",
      password: PASSWORD,
      code: codeOf(secret),
    });
    const codes = [...(await right.text()).matchAll(/[a-z2-9]{4}(?:-[a-z2-9]{4}){5}/g)].map(String);
    expect(new Set(codes).size).toBe(10);
    const later = await (await browser.get("/account/second-factor")).text();
    expect(later).not.toContain(codes[0]);
    expect(later).not.toContain(secret);
    const kept = await one(
      z.object({ secret: z.instanceof(Buffer), codes: z.string() }),
      sql`select secret, (select string_agg(code_hash::text, ' ') from recovery_codes r where r.user_id = f.user_id) as codes
        from second_factors f where user_id = ${ada.userId}`,
    );
    expect(kept.secret.includes(Buffer.from(Secret.fromBase32(secret).bytes))).toBe(false);
    expect(kept.codes).not.toContain(Buffer.from(codes[0] ?? "").toString("hex"));
  });
});

test("a screen that was left open enrols nobody: the password is asked for", async () => {
  await hired("zoe");
  const browser = visitor();
  await browser.post("/login", { username: "zoe", password: PASSWORD });
  const page = await (await browser.get("/account/second-factor")).text();
  const secret = (/break-all font-mono">([A-Z2-7 ]+)</.exec(page)?.[1] ?? "").replaceAll(" ", "");
  for (const password of ["", "guessed it was"]) {
    const refused = await browser.post("/account/second-factor", { intent: "confirm", password, code: codeOf(secret) });
    expect([refused.status, (await refused.text()).includes("That is not your password.")]).toEqual([400, true]);
  }
  expect((await login("zoe")).status).toBe(200);
});

describe("signing in", () => {
  test("by form: the password leads to the question, the code to where one was going", async () => {
    const { secret, userId } = await enrolled("ben");
    const browser = visitor();
    const first = await browser.post("/login", { username: "ben", password: PASSWORD, redirectTo: "/cs/history" });
    expect(first.headers.get("Location")).toBe("/login/code?redirectTo=%2Fcs%2Fhistory");
    expect(browser.cookies()).not.toMatch(/hd_access|hd_refresh/);
    expect((await browser.get("/cs")).status).toBe(302);
    expect(await (await browser.get("/login/code?redirectTo=%2Fcs%2Fhistory")).text()).toContain('name="code"');
    const wrong = await browser.post("/login/code", { code: "000000" });
    expect([wrong.status, (await wrong.text()).includes("That code is not right")]).toEqual([401, true]);
    const right = await browser.post("/login/code", { code: codeOf(secret), redirectTo: "/cs/history" });
    expect([right.status, right.headers.get("Location")]).toEqual([303, "/cs/history"]);
    expect((await browser.get("/cs")).status).toBe(200);
    expect(browser.cookies()).not.toContain("hd_step");
    await fresh(userId);
  });

  test("by program: asked for when missing, refused when wrong, taken when right", async () => {
    const { secret } = await enrolled("cleo");
    expect(await login("cleo")).toMatchObject({ status: 401, body: { error: { code: "SECOND_FACTOR_REQUIRED" } } });
    expect(await login("cleo", "000000")).toMatchObject({ status: 401, body: { error: { code: "UNAUTHENTICATED" } } });
    expect((await login("cleo", codeOf(secret))).status).toBe(200);
    // Whoever does not know the password learns nothing of the second factor.
    const stranger = await call(world.url, "/api/auth/login", { body: { username: "cleo", password: "guess" } });
    expect(stranger.body.error.code).toBe("UNAUTHENTICATED");
  });

  test("a code counts once: of ten at once on two instances one gets in; then none, and none before it", async () => {
    const { secret } = await enrolled("dora");
    const code = codeOf(secret);
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => login("dora", code, i % 2)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await login("dora", code)).status).toBe(401);
    expect((await login("dora", codeOf(secret, -1))).status).toBe(401);
  });

  test.each([-3, -2, 2, 3, 100])("a code %i steps away is refused", async (steps) => {
    const { secret } = await enrolled(`e${steps + 10}`);
    expect((await login(`e${steps + 10}`, codeOf(secret, steps))).status).toBe(401);
    expect((await login(`e${steps + 10}`, codeOf(secret))).status).toBe(200);
  });

  test("a recovery code opens once, however it is typed", async () => {
    const { recovery } = await enrolled("fay");
    const code = (recovery[0] ?? "").toUpperCase().replaceAll("-", " ");
    expect([(await login("fay", code)).status, (await login("fay", code)).status]).toEqual([200, 401]);
    expect((await login("fay", recovery[1])).status).toBe(200);
  });

  test("guessing is counted by address, and by account over all of them", async () => {
    const { secret, userId } = await enrolled("gus");
    const ip = address();
    const tries = [];
    for (let i = 0; i < 11; i++) tries.push((await login("gus", `1234${10 + i}`, i % 2, ip)).status);
    expect(tries.at(-1)).toBe(429);
    expect((await login("gus", codeOf(secret))).status).toBe(200);
    await fresh(userId);
    const statuses = await Promise.all(Array.from({ length: 60 }, (_, i) => login("gus", `2345${10 + i}`, i % 2)));
    expect(statuses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(30);
    expect(statuses.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(30);
  });

  test("the second step alone is worth nothing: without the password, after a new password, as another token", async () => {
    const { secret, userId } = await enrolled("hana");
    expect((await visitor().post("/login/code", { code: codeOf(secret) })).headers.get("Location")).toBe("/login");
    const browser = visitor();
    await browser.post("/login", { username: "hana", password: PASSWORD });
    const step = browser.jar.get("hd_step") ?? "";
    expect((await call(world.url, "/api/auth/me", { token: step })).status).toBe(401);
    await exec(sql`update users set password_hash = 'none' where id = ${userId}`);
    expect((await browser.post("/login/code", { code: codeOf(secret) })).headers.get("Location")).toBe("/login");
  });
});

describe("afterwards", () => {
  test("new codes and turning it off want the password; the old codes stop working", async () => {
    const { browser, recovery } = await enrolled("ida");
    const refused = await browser.post("/account/second-factor", { intent: "renew", password: "guess" });
    expect(refused.status).toBe(400);
    const renewed = await browser.post("/account/second-factor", { intent: "renew", password: PASSWORD });
    const next = /<li dir="ltr">([\w-]+)</.exec(await renewed.text())?.[1];
    expect([(await login("ida", recovery[0])).status, (await login("ida", next)).status]).toEqual([401, 200]);
    await browser.post("/account/second-factor", { intent: "remove", password: "guess" });
    expect((await login("ida")).status).toBe(401);
    await browser.post("/account/second-factor", { intent: "remove", password: PASSWORD });
    expect((await login("ida")).status).toBe(200);
  });

  test("an admin resets somebody's, which ends where they are signed in; an agent does not", async () => {
    const [jo, root, ben] = [await enrolled("jo"), await hired("root", "admin"), await hired("benno")];
    const reset = (token: string) =>
      call(world.url, `/api/admin/users/${jo.userId}/second-factor`, { method: "DELETE", token });
    expect((await reset(ben.token)).status).toBe(403);
    expect((await reset(root.token)).status).toBe(200);
    expect((await jo.browser.get("/api/auth/me")).status).toBe(401);
    expect((await login("jo")).status).toBe(200);
    expect((await reset(root.token)).status).toBe(404);
  });

  test("by form: an admin is asked first, offered it only where there is one, and never their own", async () => {
    const [lea, boss] = [await enrolled("lea"), await enrolled("boss-lea", "admin")];
    const none = await hired("without");
    const pageOf = async ({ userId }: { userId: number }) => (await boss.browser.get(`/admin/users/${userId}`)).text();
    const OFFER = 'name="intent" value="resetFactor"';
    expect([(await pageOf(lea)).includes(OFFER), (await pageOf(none)).includes(OFFER)]).toEqual([true, false]);
    expect((await pageOf(boss)).includes(OFFER)).toBe(false);
    const take = (userId: number) => boss.browser.post(`/admin/users/${userId}`, { intent: "resetFactor" });
    expect([(await take(boss.userId)).status, (await take(none.userId)).status]).toEqual([403, 404]);
    const taken = await take(lea.userId);
    expect(taken.headers.get("Location")).toBe(`/admin/users/${lea.userId}?done=factorReset`);
    expect((await pageOf(lea)).includes(OFFER)).toBe(false);
    expect((await lea.browser.get("/api/auth/me")).status).toBe(401);
    expect((await login("lea")).status).toBe(200);
    expect((await login("boss-lea")).status).toBe(401);
  });

  test("required by the organisation: who has none is led to set it up, and nothing else is open", async () => {
    const [boss, kim] = [await hired("boss", "admin"), await hired("kim")];
    const { chatId } = await world.customer("Hello");
    expect((await call(world.url, `/api/cs/chats/${chatId}/accept`, { method: "POST", token: kim.token })).status).toBe(
      200,
    );
    const path = `/api/cs/chats/${chatId}/attachments`;
    const { body: file } = await attach(world.url, kim.token, {
      content: PDF,
      name: "a.pdf",
      type: "application/pdf",
      path,
    });
    const headers = { Authorization: `Bearer ${kim.token}` };
    const readFile = async (url: string) => (await fetch(`${url}/files/${file.attachment.id}`, { headers })).status;
    expect(await readFile(world.url)).toBe(200);
    const settings = (requireSecondFactor: boolean) =>
      call(world.url, "/api/admin/settings", { token: boss.token, body: { requireSecondFactor } });
    expect((await settings(true)).status).toBe(200);
    try {
      for (const instance of [0, 1]) {
        const { url } = world.instances[instance]!;
        const browser = visitor(instance);
        await browser.post("/login", { username: "kim", password: PASSWORD });
        await expect
          .poll(async () => (await browser.get("/cs")).headers.get("Location"))
          .toBe("/account/second-factor");
        expect((await browser.get("/account/second-factor")).status).toBe(200);
        expect((await browser.get("/account")).status).toBe(200);
        expect((await call(url, "/api/cs/chats", { token: kim.token })).status).toBe(403);
        expect((await call(url, "/api/auth/me", { token: kim.token })).status).toBe(200);
        expect(await readFile(url)).toBe(404);
        await expect(world.open("/ws/cs", kim.token, instance)).rejects.toThrow("refused 403");
      }
    } finally {
      await exec(sql`delete from settings where key = 'requireSecondFactor'`);
    }
  });
});
