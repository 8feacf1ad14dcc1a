import { beforeAll, describe, expect, test } from "vitest";
import { hashPassword } from "~/auth/password.server";
import { exec, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { formTokenIn, pageVisitor } from "~/testing/page-visitor";
import { startWorld } from "./world";

const world = startWorld();
const PASSWORD = "correct horse battery";

beforeAll(async () => {
  const hash = await hashPassword(PASSWORD);
  await world.agent("ada");
  await world.agent("root", "admin");
  await world.agent("gone");
  await exec(sql`update users set password_hash = ${hash}`);
  await exec(sql`update users set disabled_at = now() where username = 'gone'`);
});

const login = (body: object) => call(world.url, "/api/auth/login", { body });
const asAda = { username: "ada", password: PASSWORD };

describe("the form, without scripts", () => {
  test.each([
    ["ada", "/cs"],
    ["root", "/admin"],
  ])("brings %s home to %s", async (username, home) => {
    const browser = pageVisitor(world.url);
    const page = await (await browser.get("/login")).text();
    const answer = await browser.post("/login", { _token: formTokenIn(page), username, password: PASSWORD });
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, home]);
    expect((await browser.get(home)).status).toBe(200);
    // Already signed in: the form is of no use.
    expect((await browser.get("/login")).headers.get("Location")).toBe(home);
  });

  test("the cookies are not for scripts, nor for other sites", async () => {
    const answer = await pageVisitor(world.url).post("/login", asAda);
    const cookies = answer.headers.getSetCookie().filter((c) => /^hd_(access|refresh)=/.test(c));
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  });

  test("leads back to where somebody was sent away from", async () => {
    const browser = pageVisitor(world.url);
    const away = await browser.get("/cs/chats/7?list=queue");
    expect(away.status).toBe(302);
    const to = new URL(away.headers.get("Location") ?? "", world.url);
    expect([to.pathname, to.searchParams.get("redirectTo")]).toEqual(["/login", "/cs/chats/7?list=queue"]);
    const page = await (await browser.get(to.pathname + to.search)).text();
    expect(page).toContain('name="redirectTo" value="/cs/chats/7?list=queue"');
    const answer = await browser.post("/login", { ...asAda, redirectTo: "/cs/chats/7?list=queue" });
    expect(answer.headers.get("Location")).toBe("/cs/chats/7?list=queue");
  });

  const HOSTILE = [
    "//evil.example",
    "///evil.example",
    "////evil.example/cs",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "/cs\r\nLocation: https://evil.example",
    "https://evil.example",
    "HTTPS:evil.example",
    "//evil.example\\@127.0.0.1",
    "//127.0.0.1@evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "cs",
    "../cs",
    "?redirectTo=//evil.example",
    "/\u0000/evil.example",
    "/\u65e5\u672c",
    "/\uff0f/evil.example",
    "",
  ];
  test.each(HOSTILE)("does not follow redirectTo %j", async (redirectTo) => {
    const answer = await pageVisitor(world.url).post("/login", { ...asAda, redirectTo });
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/cs"]);
    expect(answer.headers.get("Set-Cookie")).not.toContain("a=b");
    const browser = pageVisitor(world.url);
    await browser.post("/login", asAda);
    const again = await browser.get(`/login?redirectTo=${encodeURIComponent(redirectTo)}`);
    expect(again.headers.get("Location")).toBe("/cs");
  });

  test("a local path with anything in its query stays as it is", async () => {
    const redirectTo = "/cs/chats/1?next=//evil.example&x=%0d%0a#end";
    const answer = await pageVisitor(world.url).post("/login", { ...asAda, redirectTo });
    expect(answer.headers.get("Location")).toBe(redirectTo);
  });

  test("keeps the name, not the password, and says the same whoever it was", async () => {
    const words = [];
    for (const username of ["ada", "nobody", "gone"]) {
      const answer = await pageVisitor(world.url).post("/login", { username, password: "Tr0ub4dor" });
      expect(answer.status).toBe(401);
      const page = await answer.text();
      expect(page).toContain(`value="${username}"`);
      expect(page).not.toContain("Tr0ub4dor");
      words.push(/role="alert"[^>]*>([^<]+)</.exec(page)?.[1]);
    }
    expect(new Set(words)).toEqual(new Set(["That username and password do not match."]));
  });

  test("an empty field is named", async () => {
    const answer = await pageVisitor(world.url).post("/login", { username: "", password: "" });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("Write your username.");
  });

  test("signs out by the form alone, never by a link", async () => {
    const browser = pageVisitor(world.url);
    await browser.post("/login", asAda);
    await browser.get("/logout");
    expect((await browser.get("/cs")).status).toBe(200);
    const before = browser.cookies();
    const answer = await browser.post("/logout", {});
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/login"]);
    expect(browser.cookies()).not.toMatch(/hd_access|hd_refresh/);
    // Not only forgotten here: worth nothing anywhere.
    const kept = await fetch(`${world.url}/cs`, { headers: { Cookie: before }, redirect: "manual" });
    expect(kept.status).toBe(302);
  });
});

describe("for programs", () => {
  test("login gives the token, the user and the cookies", async () => {
    const { status, body, headers } = await login({ ...asAda, username: "  ADA " });
    expect(status).toBe(200);
    const user = { id: expect.any(Number), username: "ada", name: "Ada", role: "cs" };
    expect(body).toEqual({ success: true, token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/), user });
    expect(headers.getSetCookie()).toHaveLength(2);
    expect(headers.get("Cache-Control")).toBe("no-store");
    const me = await call(world.url, "/api/auth/me", { token: body.token });
    expect([me.status, me.body]).toEqual([200, { success: true, user: body.user }]);
    const cookie = headers
      .getSetCookie()
      .map((c) => c.split(";")[0])
      .join("; ");
    expect((await call(world.url, "/api/auth/me", { headers: { Cookie: cookie } })).body.user).toEqual(body.user);
  });

  test("the same answer for an unknown name, a wrong password and a disabled account", async () => {
    const answers = [
      await login({ username: "ada", password: "wrong" }),
      await login({ username: "nobody", password: PASSWORD }),
      await login({ username: "gone", password: PASSWORD }),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      const message = "That username and password do not match.";
      expect(body).toEqual({ success: false, error: { code: "UNAUTHENTICATED", message } });
      expect(headers.getSetCookie()).toEqual([]);
    }
  });

  test.each([{}, { username: "ada" }, { username: ["ada"], password: {} }, { username: "ada", password: 1 }])(
    "%j names the field",
    async (body) => {
      const answer = await login(body);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ success: false, error: { code: "INVALID", fields: expect.any(Object) } });
    },
  );

  test("logout ends the sign-in; without one it is harmless", async () => {
    const { body } = await login(asAda);
    const out = await call(world.url, "/api/auth/logout", { token: body.token, method: "POST" });
    expect([out.status, out.body]).toEqual([200, { success: true }]);
    expect((await call(world.url, "/api/auth/me", { token: body.token })).status).toBe(401);
    expect((await call(world.url, "/api/auth/logout", { method: "POST" })).status).toBe(200);
  });

  test("me without a sign-in is 401 in JSON, another method 405", async () => {
    const nobody = await call(world.url, "/api/auth/me");
    expect(nobody).toMatchObject({ status: 401, body: { success: false, error: { code: "UNAUTHENTICATED" } } });
    expect((await call(world.url, "/api/auth/login")).status).toBe(405);
  });
});

describe("roles", () => {
  test("/cs is for agents and admins, /admin for admins, and strangers are led to the form", async () => {
    const visit = async (as: string | null, path: string) => {
      const browser = pageVisitor(world.url);
      if (as) await browser.post("/login", { username: as, password: PASSWORD });
      const answer = await browser.get(path);
      return answer.headers.get("Location") ?? answer.status;
    };
    expect(await visit("ada", "/cs")).toBe(200);
    expect(await visit("root", "/cs")).toBe(200);
    expect(await visit("root", "/admin")).toBe(200);
    expect(await visit("ada", "/admin")).toBe(403);
    expect(await visit(null, "/cs")).toBe("/login?redirectTo=%2Fcs");
    expect(await visit(null, "/admin")).toBe("/login?redirectTo=%2Fadmin");
  });

  test("the calls of admins refuse agents with 403 and strangers with 401", async () => {
    const [ada, root] = [(await login(asAda)).body.token, (await login({ ...asAda, username: "root" })).body.token];
    for (const path of ["/api/admin/stats", "/api/admin/settings"]) {
      expect((await call(world.url, path, { token: ada })).status).toBe(403);
      expect((await call(world.url, path)).status).toBe(401);
      expect((await call(world.url, path, { token: root })).status).toBe(200);
    }
  });
});
