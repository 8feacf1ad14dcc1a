import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { beforeAll, expect, test } from "vitest";
import { hashPassword } from "~/auth/password.server";
import { exec, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { pageVisitor } from "~/testing/page-visitor";
import { startWorld } from "./world";

const world = startWorld(1, { LOG_LEVEL: "trace" });
const PASSWORD = "marker-password-of-ada";

beforeAll(async () => {
  const { userId } = await world.agent("ada", "admin");
  await exec(sql`update users set password_hash = ${await hashPassword(PASSWORD)} where id = ${userId}`);
});

test.each([
  ["a page", "/login", {}, 200],
  ["a page's data", "/login.data", {}, 200],
  ["a redirect", "/cs", {}, 302],
  ["a call", "/api/health", {}, 200],
  ["a refused call", "/api/auth/me", {}, 401],
  ["an asset", "/favicon.svg", {}, 200],
  ["a missing asset", "/build/none.js", {}, 404],
  ["a missing page", "/nowhere", {}, 404],
  ["a missing file", `/files/${randomUUID()}`, {}, 404],
  ["a forged form", "/login", { method: "POST", headers: { Origin: "https://evil.example" } }, 403],
  ["an address that cannot be read", "/%E0%A4%A", {}, 400],
  ["a method that nothing answers", "/login", { method: "PROPFIND" }, 405],
])("%s carries the headers", async (_, path, init, status) => {
  const answer = await fetch(world.url + path, { ...init, redirect: "manual" });
  expect(answer.status).toBe(status);
  const header = (name: string) => answer.headers.get(name);
  expect(header("X-Content-Type-Options")).toBe("nosniff");
  expect(header("Content-Security-Policy")).toMatch(/default-src 'self'|default-src 'none'/);
  expect(header("Content-Security-Policy")).not.toContain("unsafe-");
  expect(header("Referrer-Policy")).toBe("same-origin");
  expect(header("Permissions-Policy")).toContain("camera=()");
  expect(header("Cross-Origin-Opener-Policy")).toBe("same-origin");
  expect(header("X-Powered-By")).toBeNull();
  expect(header("X-Request-Id")).toMatch(/^[\w-]{36}$/);
  expect(await answer.text()).not.toMatch(/\n {4}at |node:internal/);
});

test.each([
  "/",
  "/login",
  "/login.data",
  "/login/code",
  "/cs",
  "/nowhere",
  "/nowhere.data",
  "/api/auth/me",
  "/api/docs",
])("nothing keeps the answer of %s", async (path) => {
  const answer = await fetch(world.url + path, { redirect: "manual" });
  expect(answer.headers.get("Cache-Control")).toMatch(/^(private, )?no-store$/);
});

test("what is the same for everybody is kept, and TRACE is answered to nobody", async () => {
  const icon = await fetch(`${world.url}/favicon.svg`);
  expect(icon.headers.get("Cache-Control")).toContain("max-age=3600");
  const status = await new Promise((resolve, reject) =>
    request(`${world.url}/login`, { method: "TRACE" }, (answer) => resolve(answer.resume().statusCode))
      .on("error", reject)
      .end(),
  );
  expect(status).toBe(405);
});

test("nothing lets another site read an answer", async () => {
  for (const path of ["/", "/login", "/api/auth/me", "/api/health", "/favicon.svg", `/files/${randomUUID()}`])
    for (const method of ["GET", "OPTIONS"]) {
      const headers = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" };
      const answer = await fetch(world.url + path, { method, headers, redirect: "manual" });
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
      expect(answer.headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    }
});

test.each(
  "/.git/config /.env /package.json /server.ts /build/ /build/index.js /public/ /sql/schema.sql /.data/ /%2e%2e/package.json /build/..%2f..%2fpackage.json /build/%2e%2e/%2e%2e/.env /pictures/ /files/".split(
    " ",
  ),
)("what lies beside the program is served to nobody: %s", async (path) => {
  const answer = await fetch(world.url + path, { redirect: "manual" });
  expect([400, 403, 404]).toContain(answer.status);
  expect(await answer.text()).not.toMatch(/"heradesk"|create table|Index of|\[core\]/);
});

test("pages let no text become a script, by policy", async () => {
  const policy = (await fetch(`${world.url}/login`)).headers.get("Content-Security-Policy") ?? "";
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toContain("trusted-types 'none'");
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}'/);
});

test("one line for each request, and no password, token, cookie or text of anybody in any of them", async () => {
  const browser = pageVisitor(world.url);
  await browser.post("/login", { username: "ada", password: `${PASSWORD}-wrong` });
  await browser.post("/login", { username: "marker-typed-into-the-wrong-field", password: PASSWORD });
  await browser.post("/login", { username: "ada", password: PASSWORD });
  const { token, chatId } = await world.customer("marker-message-over-http", "marker-name");
  const socket = await world.open("/ws/chat", token);
  await socket.request("customer:send_message", { clientId: randomUUID(), content: "marker-message-over-a-socket" });
  await socket.request("customer:send_message", { content: ["marker-of-a-bad-frame"] });
  await browser.get("/cs/history?q=marker-search");
  await browser.get("/login?redirectTo=/cs?token=marker-in-a-query");
  await browser.get("/reset/marker-of-a-link");
  await browser.post("/reset/marker-of-a-link.data", {}, { Origin: "https://evil.example" });
  await call(world.url, "/api/auth/me", { token: "marker.bearer.token" });
  await call(world.url, "/api/chat/init", { headers: { "User-Agent": "marker-user-agent" }, body: { message: 7 } });
  await socket.close();
  const { log } = world.instances[0]!;
  await expect.poll(log).toContain("/cs/history");
  const lines = log()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const requests = lines.filter(({ msg }) => msg === "request");
  expect(
    requests.filter(({ path, method, status }) => path === "/login" && method === "POST" && status !== 403),
  ).toHaveLength(3);
  for (const { requestId, status, ms } of requests) {
    expect([typeof requestId, typeof status, typeof ms]).toEqual(["string", "number", "number"]);
  }
  expect(lines.filter(({ msg }) => msg === "a sign-in was refused")).toHaveLength(2);
  expect(lines.filter(({ msg }) => msg === "signed in")).toHaveLength(1);
  const secrets = ["marker", token, ...[...browser.jar.values()].filter((value) => value.length > 20)];
  for (const secret of secrets) expect(log().includes(secret), secret.slice(0, 12)).toBe(false);
  expect(requests.filter(({ path }) => path === "/reset/-")).toHaveLength(2);
  // The addresses of the pages carry none either.
  expect(requests.some(({ path }) => String(path).includes("?"))).toBe(false);
  expect(chatId).toMatch(/-/);
});

test("who is refused what is for admins is in the log, and why", async () => {
  const { token, userId } = await world.agent("curious");
  expect((await call(world.url, "/api/admin/stats", { token })).status).toBe(403);
  await expect(world.open("/ws/admin", token)).rejects.toThrow("403");
  const { log } = world.instances[0]!;
  await expect.poll(() => log().match(/somebody was refused what is for admins/g)?.length).toBe(2);
  expect(log()).toContain(`"userId":${userId},"msg":"somebody was refused what is for admins"`);
});

test("no page, address or frame carries a password, a sign-in or a customer's key", async () => {
  const staff = pageVisitor(world.url);
  const signedIn = await staff.post("/login", { username: "ada", password: PASSWORD });
  const { token, chatId } = await world.customer("marker-of-what-may-be-seen");
  const customer = pageVisitor(world.url);
  customer.jar.set("hd_customer", token);
  const ben = await world.agent("ben");
  const sockets = await Promise.all([
    world.open("/ws/cs", ben.token),
    world.open("/ws/chat", token),
    world.open("/ws/admin", (await world.agent("cleo", "admin")).token),
  ]);
  const [desk] = sockets;
  await desk.request("cs:accept_chat", { sessionId: chatId });
  await desk.request("chat:resume", { sessionId: chatId, after: 0 });
  const forStaff = [
    "/cs",
    "/cs/history",
    "/admin",
    "/admin/users",
    "/admin/activity",
    `/admin/chats/${chatId}`,
    "/account",
  ];
  const forCustomers = ["/", "/chat/log", `/chats/${chatId}`, `/chats/${chatId}.txt`, "/?_data=routes%2F_index"];
  const answers = [
    signedIn,
    ...(await Promise.all([...forStaff, ...forStaff.map((path) => `${path}.data`)].map((path) => staff.get(path)))),
    ...(await Promise.all(forCustomers.map((path) => customer.get(path)))),
  ];
  const seen = [
    ...answers.map((answer) => answer.headers.get("Location") ?? ""),
    ...(await Promise.all(answers.map((answer) => answer.text()))),
    ...sockets.flatMap(({ frames }) => frames.map((frame) => JSON.stringify(frame))),
  ];
  const keys = [...staff.jar].filter(([, value]) => value.length > 40).map(([, value]) => value);
  expect(keys.length).toBeGreaterThan(1);
  for (const secret of [PASSWORD, token, ben.token, ...keys]) {
    expect(seen.filter((text) => text.includes(secret))).toEqual([]);
  }
  // What may be seen is there: the search was not in vain.
  expect(seen.filter((text) => text.includes("marker-of-what-may-be-seen")).length).toBeGreaterThan(4);
});
