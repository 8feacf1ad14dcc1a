import { expect, test } from "vitest";
import { call } from "~/testing/caller";
import { pageVisitor } from "~/testing/page-visitor";
import { startWorld } from "./world";

const world = startWorld(2);
const on = (instance: number, path: string, token: string, body?: object, method?: string) =>
  call(world.instances[instance]?.url ?? "", `/api/admin/${path}`, { token, body, method });

/** An admin's browser without scripts, beside the same admin's program. */
async function admin(name: string) {
  const { token, userId } = await world.agent(name, "admin");
  const page = pageVisitor(world.url);
  page.jar.set("hd_access", token);
  return { token, userId, page };
}

test("by form and by program the same verbs refuse the same things, with the same fields", async () => {
  const { token, page } = await admin("root");
  const ada = { name: "Ada", username: "ada", role: "cs", maxChats: "3", avatarUrl: "" };
  expect((await page.post("/admin/users/new", ada)).status).toBe(200);
  const bad = { ...ada, maxChats: "many" };
  const byForm = await (await page.post("/admin/users/new", bad)).text();
  const byProgram = await on(0, "users", token, bad);
  expect(byProgram.status).toBe(400);
  expect(byForm).toContain(byProgram.body.error.fields.maxChats);
  expect(byForm).toContain('value="many"');
  expect((await on(0, "users", token, ada)).body.error.fields).toEqual({ username: "ada is taken." });
  const { users } = (await on(1, "users?search=ada", token)).body;
  expect(users).toMatchObject([{ username: "ada", maxChats: 3, role: "cs" }]);
  expect(JSON.stringify(users)).not.toContain("password");
});

test("who is disabled on one instance loses sockets, sign-in and chats on the other at once", async () => {
  const { token } = await admin("boss");
  const ben = await world.agent("ben");
  const desk = await world.open("/ws/cs", ben.token, 1);
  await desk.event("cs:connected");
  await desk.request("cs:set_status", { status: "online" });
  const { chatId } = await world.customer("Hello");
  await desk.until((f) => f.event === "chat:new_assigned");
  const closed = new Promise<number>((resolve) => desk.socket.once("close", resolve));
  expect((await on(0, `users/${ben.userId}/disable`, token, {})).status).toBe(200);
  expect(await closed).toBe(4003);
  expect((await call(world.instances[1]?.url ?? "", "/api/cs/chats", { token: ben.token })).status).toBe(401);
  const chat = await call(world.url, `/api/cs/chats/${chatId}`, { token });
  expect(chat.body.chat).toMatchObject({ status: "waiting", csId: null });
  expect((await on(1, `users/${ben.userId}/enable`, token, {})).status).toBe(200);
});

test("a link for a new password is a page of its own, works once, and then the password signs in", async () => {
  const { token } = await admin("chief");
  const { body } = await on(0, "users", token, { name: "Cleo", username: "cleo", role: "cs" });
  const path = new URL(body.resetLink).pathname;
  const cleo = pageVisitor(world.url);
  expect(await (await cleo.get(path)).text()).toContain("Hello Cleo");
  const password = "quiet words in a row";
  expect((await cleo.post(path, { password, again: "others" })).status).toBe(400);
  expect((await cleo.post(path, { password: "short", again: "short" })).status).toBe(400);
  expect((await cleo.post(path, { password, again: password })).headers.get("Location")).toBe("/login?reset");
  expect((await cleo.get(path)).status).toBe(404);
  const login = await call(world.url, "/api/auth/login", { body: { username: "cleo", password } });
  expect(login.body).toMatchObject({ success: true, user: { username: "cleo", role: "cs" } });
});

test("shared replies and labels: made, changed, merged and deleted by program, checked by the form's rules", async () => {
  const { token } = await admin("lena");
  const made = await on(0, "canned-responses", token, {
    shortcut: "hi",
    title: "Hi",
    content: "Hello",
    category: "Open",
  });
  expect(made.status).toBe(201);
  expect((await on(1, `canned-responses/${made.body.id}`, token, { content: "Hello!" }, "PATCH")).status).toBe(200);
  expect((await on(0, "canned-responses?category=Open", token)).body.cannedResponses).toMatchObject([
    { content: "Hello!" },
  ]);
  const csv = "shortcut,title,content\nhi,Hi,Changed\nnew,New,Text";
  expect((await on(0, "canned-responses/import", token, { csv, dryRun: true })).body).toMatchObject({
    created: 1,
    changed: 1,
  });
  expect((await on(0, "canned-responses?search=changed", token)).body.cannedResponses).toEqual([]);
  expect((await on(0, "canned-responses/import", token, { csv: `${csv}\nbad name,x,y` })).status).toBe(400);
  expect((await on(0, "canned-responses/import", token, { csv })).status).toBe(200);
  expect((await on(0, `canned-responses/${made.body.id}`, token, undefined, "DELETE")).status).toBe(200);
  const [one, two] = await Promise.all(["one", "two"].map((name) => on(0, "labels", token, { name, colour: "red" })));
  expect((await on(0, `labels/${one?.body.id}`, token, { into: two?.body.id })).body).toMatchObject({ chats: 0 });
  expect((await on(0, `labels/${two?.body.id}`, token, { colour: "plaid" }, "PATCH")).status).toBe(400);
  expect((await on(0, `labels/${two?.body.id}`, token, undefined, "DELETE")).status).toBe(200);
});

test("the log says who, what and from where, is exported as it is filtered, and holds", async () => {
  const { token, page, userId } = await admin("eva");
  await on(0, "settings", token, { graceSeconds: 61 });
  const { logs } = (await on(1, `logs?userId=${userId}&action=setting.changed`, token)).body;
  expect(logs).toMatchObject([
    { subject: "graceSeconds", ip: "127.0.0.1", details: { before: 60, after: 61 }, userName: "Eva" },
  ]);
  expect((await on(0, "logs?from=yesterday", token)).status).toBe(400);
  const csv = await (await page.get(`/admin/activity/export/csv?userId=${userId}`)).text();
  expect(csv.split("\r\n")[1]).toContain("setting.changed,graceSeconds");
  const json = await (await page.get(`/admin/activity/export/json?userId=${userId}`)).json();
  expect(json).toHaveLength(1);
  expect((await on(1, "logs/verify", token, {})).body).toMatchObject({ success: true, broken: null });
});

test("a customer's data can be had and erased, by an admin alone", async () => {
  const { token, page } = await admin("vera");
  const { chatId, token: customer } = await world.customer("My address is 1 Elm Street", "Ann");
  const agent = await world.agent("nosy");
  expect((await on(0, `chats/${chatId}/customer`, agent.token)).status).toBe(403);
  expect((await page.get(`/admin/chats/${chatId}/customer`)).status).toBe(200);
  const { chats } = await (await page.get(`/admin/chats/${chatId}/customer.json`)).json();
  expect(JSON.stringify(chats)).toContain("1 Elm Street");
  expect((await on(1, `chats/${chatId}/customer`, token, undefined, "DELETE")).body.erased).toMatchObject({ chats: 1 });
  expect((await page.get(`/admin/chats/${chatId}/customer`)).status).toBe(404);
  expect((await call(world.url, "/api/chat/messages?after=0", { token: customer })).status).toBe(401);
});

test("what customers see of the organisation changes on every instance", async () => {
  const { token } = await admin("olga");
  const refused = await on(0, "settings", token, { accent: "#ffcc00" });
  expect(refused.body.error.fields.accent).toContain("4.5 is needed");
  const closed = Object.fromEntries(
    ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"].map((d) => [`${d}day`, ""]),
  );
  await on(0, "settings", token, {
    organisationName: "Acme",
    greeting: "Ask Acme",
    accent: "#7c3aed",
    hoursOn: true,
    hours: closed,
    closedText: "Back after the move.",
  });
  const ann = pageVisitor(world.instances[1]?.url ?? "");
  const read = async () => (await ann.get("/")).text();
  await expect.poll(read, { timeout: 3_000 }).toContain("Ask Acme");
  const html = await read();
  for (const text of ["Acme", "Closed now", "Back after the move."]) expect(html).toContain(text);
  const css = await (await ann.get(/\/brand\.css\?\w+/.exec(html)?.[0] ?? "")).text();
  expect(css).toContain("--accent:#7c3aed");
});
