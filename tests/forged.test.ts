import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { signAccessToken } from "~/auth/access-token.server";
import { openAuthSession } from "~/auth/auth-session.server";
import { hashPassword } from "~/auth/password.server";
import { exec, one, sql } from "~/db.server";
import { builtRoutes } from "~/testing/built-routes";
import { foreignOrigins } from "~/testing/foreign-origins";
import { formTokenIn } from "~/testing/page-visitor";
import { openRaw } from "~/testing/raw-socket";
import { startWorld } from "./world";

const world = startWorld();

interface Rightful {
  as?: "agent" | "admin";
  path?: (chatId: string) => string;
  /** Sent as a form, or as JSON to /api/. */
  send?: (ids: { chatId: string; benId: number }) => Record<string, string | number>;
  status: number;
}

const chat = (rest: string) => (chatId: string) => `/api/cs/chats/${chatId}/${rest}`;
const READ_ONLY = { as: "agent", status: 405 } as const;

/** For each route that acts: what the rightful one sends, and the answer. A new route without a row fails. */
const RIGHTFUL: Record<string, Rightful> = {
  "/*": { path: () => "/nowhere", send: () => ({}), status: 404 },
  "/": { path: () => "/?index", send: () => ({ intent: "send", clientId: randomUUID(), content: "hi" }), status: 303 },
  // The first row of the customer's chat is their own message.
  "/chat/log": { send: () => ({ intent: "edit", seq: 1, content: "Changed" }), status: 303 },
  "/cs/frame/chats/:id": {
    as: "agent",
    path: (id) => `/cs/frame/chats/${id}`,
    send: () => ({ intent: "edit", seq: 1, content: "Changed" }),
    status: 404,
  },
  // They are asked for, and the settings do not allow it.
  "/chats/:id": { path: (id) => `/chats/${id}`, send: () => ({}), status: 403 },
  "/login": { send: () => ({ username: "ada", password: "correct horse" }), status: 303 },
  "/login/code": { send: () => ({ code: "123456" }), status: 303 },
  "/account": { as: "agent", path: () => "/account?index", send: () => ({ intent: "password" }), status: 400 },
  "/account/second-factor": { as: "agent", send: () => ({ intent: "confirm", code: "" }), status: 400 },
  "/logout": { as: "agent", send: () => ({}), status: 303 },
  "/language": { send: () => ({ language: "id" }), status: 303 },
  "/theme": { send: () => ({ theme: "dark" }), status: 303 },
  "/cs": { as: "agent", send: () => ({ status: "busy" }), status: 303 },
  "/cs/chats/:id": { as: "agent", path: (id) => `/cs/chats/${id}`, send: () => ({ intent: "accept" }), status: 303 },
  "/cs/canned": {
    as: "agent",
    send: () => ({ intent: "create", shortcut: `s${randomUUID().slice(0, 8)}`, title: "Title", content: "Text" }),
    status: 303,
  },
  "/admin": {
    as: "admin",
    path: () => "/admin?index",
    send: ({ chatId, benId }) => ({ chatId, csId: benId }),
    status: 303,
  },
  "/admin/chats/:id": {
    as: "admin",
    path: (id) => `/admin/chats/${id}`,
    send: ({ chatId, benId }) => ({ chatId, csId: benId }),
    status: 303,
  },
  "/admin/settings": { as: "admin", send: () => ({ graceSeconds: "61" }), status: 400 },
  "/admin/chats/:id/customer": {
    as: "admin",
    path: (id) => `/admin/chats/${id}/customer`,
    send: () => ({}),
    status: 303,
  },
  "/admin/activity": { as: "admin", send: () => ({}), status: 200 },
  "/admin/canned": {
    as: "admin",
    send: () => ({ intent: "create", shortcut: `s${randomUUID().slice(0, 8)}`, title: "Title", content: "Text" }),
    status: 303,
  },
  "/admin/canned/import": { as: "admin", send: () => ({ csv: "shortcut,title,content\na,b,c" }), status: 200 },
  "/admin/labels": {
    as: "admin",
    send: () => ({ intent: "create", name: randomUUID(), colour: "red" }),
    status: 303,
  },
  "/admin/users/new": {
    as: "admin",
    send: () => ({ name: "New", username: `n${randomUUID().slice(0, 8)}`, role: "cs", maxChats: "", avatarUrl: "" }),
    status: 200,
  },
  "/admin/users/:id": {
    as: "admin",
    path: () => `/admin/users/${benId}`,
    send: () => ({ intent: "enable" }),
    status: 303,
  },
  "/reset/:token": { path: () => `/reset/${"x".repeat(43)}`, send: () => ({ password: "p", again: "p" }), status: 404 },
  "/api/*": { path: () => "/api/nowhere", status: 404 },
  "/api/admin/chats": { ...READ_ONLY, as: "admin" },
  "/api/admin/chats/:id": { ...READ_ONLY, as: "admin", path: (id) => `/api/admin/chats/${id}` },
  "/api/cs/history": READ_ONLY,
  "/api/admin/chats/:id/assign": {
    as: "admin",
    path: (id) => `/api/admin/chats/${id}/assign`,
    send: ({ benId }) => ({ csId: benId }),
    status: 200,
  },
  "/api/admin/settings": { as: "admin", send: () => ({ graceSeconds: 3_599 }), status: 200 },
  // Asked for: this account has none.
  "/api/admin/users/:id/second-factor": { as: "admin", path: () => "/api/admin/users/1/second-factor", status: 405 },
  "/api/admin/stats": { ...READ_ONLY, as: "admin" },
  "/api/admin/chats/:id/customer": { ...READ_ONLY, as: "admin", path: (id) => `/api/admin/chats/${id}/customer` },
  "/api/admin/canned-responses": {
    as: "admin",
    send: () => ({ shortcut: `s${randomUUID().slice(0, 8)}`, title: "Title", content: "Text" }),
    status: 201,
  },
  // The admin's answers show that it was asked for.
  "/api/admin/canned-responses/:id": { ...READ_ONLY, as: "admin", path: () => "/api/admin/canned-responses/1" },
  "/api/admin/canned-responses/import": {
    as: "admin",
    send: () => ({ csv: "shortcut,title,content\na,b,c" }),
    status: 200,
  },
  "/api/admin/labels": { as: "admin", send: () => ({ name: randomUUID(), colour: "red" }), status: 201 },
  "/api/admin/labels/:id": { as: "admin", path: () => "/api/admin/labels/1", send: () => ({ into: 999 }), status: 404 },
  "/api/admin/logs": { ...READ_ONLY, as: "admin" },
  "/api/admin/logs/verify": { as: "admin", status: 200 },
  "/api/admin/users": {
    as: "admin",
    send: () => ({ name: "New", username: `n${randomUUID().slice(0, 8)}`, role: "cs" }),
    status: 201,
  },
  "/api/admin/users/:id": {
    as: "admin",
    path: () => `/api/admin/users/${benId}`,
    send: () => ({ maxChats: 7 }),
    status: 200,
  },
  "/api/admin/users/:id/:verb": { as: "admin", path: () => `/api/admin/users/${benId}/enable`, status: 200 },
  "/api/auth/login": { send: () => ({ username: "ada", password: "correct horse" }), status: 200 },
  "/api/auth/logout": { as: "agent", status: 200 },
  "/api/auth/me": READ_ONLY,
  "/api/auth/refresh": { as: "agent", status: 200 },
  // JSON is no file: the answer shows that it was asked. tests/files.test.ts forges whole forms.
  "/api/chat/attachments": { send: () => ({}), status: 415 },
  "/api/chat/attachments/:id": { path: () => "/api/chat/attachments/x", send: () => ({}), status: 405 },
  "/api/cs/attachments/:id": { as: "agent", path: () => "/api/cs/attachments/x", send: () => ({}), status: 405 },
  "/api/cs/chats/:id/attachments": { as: "admin", path: chat("attachments"), send: () => ({}), status: 415 },
  "/api/chat/init": { send: () => ({ message: "hi" }), status: 201 },
  "/api/chat/messages": { send: () => ({ clientId: randomUUID(), content: "hi" }), status: 201 },
  "/api/chat/read": { send: () => ({ seq: 1 }), status: 200 },
  "/api/cs/canned-responses": { as: "agent", send: () => ({ used: 1 }), status: 200 },
  "/api/cs/chats": READ_ONLY,
  "/api/cs/chats/:id": { ...READ_ONLY, path: (id) => `/api/cs/chats/${id}` },
  "/api/cs/chats/:id/accept": { as: "agent", path: chat("accept"), status: 200 },
  "/api/cs/chats/:id/messages": {
    as: "admin",
    path: chat("messages"),
    send: () => ({ clientId: randomUUID(), content: "hi" }),
    status: 201,
  },
  "/api/cs/chats/:id/read": { as: "agent", path: chat("read"), send: () => ({ seq: 1 }), status: 200 },
  // The admin's answers show that it was asked: the chat is still waiting.
  "/api/cs/chats/:id/requeue": { as: "admin", path: chat("requeue"), status: 409 },
  "/api/cs/chats/:id/resolve": { as: "admin", path: chat("resolve"), status: 200 },
  "/api/cs/chats/:id/transfer": {
    as: "admin",
    path: chat("transfer"),
    send: ({ benId }) => ({ toCsId: benId }),
    status: 409,
  },
  "/api/cs/queue": READ_ONLY,
  "/api/cs/status": { as: "agent", send: () => ({ status: "busy" }), status: 200 },
};

let [adaId, benId, rootId] = [0, 0, 0];
beforeAll(async () => {
  adaId = (await world.agent("ada")).userId;
  rootId = (await world.agent("root", "admin")).userId;
  benId = (await world.agent("ben")).userId;
  await exec(sql`update users set password_hash = ${await hashPassword("correct horse")}`);
  // Chats whose agent never was there must not go back while a slow machine compares.
  await exec(sql`insert into settings (key, value) values ('graceSeconds', '3600')`);
});

const acting = builtRoutes().filter((route) => route.hasAction);

/** A browser with everything that a victim's has: signed in, and with an open chat of its own. */
async function victim(route: string) {
  const { as } = RIGHTFUL[route] ?? {};
  const { token, chatId } = await world.customer("Hello");
  if (!as) return { cookie: `hd_customer=${token}`, chatId };
  const userId = as === "admin" ? rootId : adaId;
  const { sid, refreshToken } = await openAuthSession(userId, { ip: null, userAgent: null });
  const access = await signAccessToken(userId, sid);
  return { cookie: `hd_customer=${token}; hd_access=${access}; hd_refresh=${refreshToken}`, chatId };
}

const FORM = "application/x-www-form-urlencoded";

async function ask(
  route: string,
  { cookie, chatId }: Awaited<ReturnType<typeof victim>>,
  { method = "POST", type, token, suffix = "", headers }: Attempt,
) {
  const row = RIGHTFUL[route];
  const fields = { ...(token && { _token: token }), ...row?.send?.({ chatId, benId }) };
  const json = (type ?? (route.startsWith("/api/") ? "application/json" : FORM)) === "application/json";
  const form = new URLSearchParams(Object.entries(fields).map(([k, v]) => [k, String(v)])).toString();
  const bare = type === null;
  return fetch(world.url + (row?.path?.(chatId) ?? route).replace(/(?=\?|$)/, suffix), {
    method,
    redirect: "manual",
    headers: {
      Cookie: cookie,
      ...(!bare && { "Content-Type": type ?? (json ? "application/json" : FORM) }),
      ...headers,
    },
    body: bare ? undefined : new TextEncoder().encode(json ? JSON.stringify(fields) : form),
  });
}

interface Attempt {
  headers?: Record<string, string>;
  method?: string;
  /** null: no body and no type. */
  type?: string | null;
  token?: string;
  /** `.data`: the way of a page with scripts. */
  suffix?: string;
}

/** What a page of another site can make a browser send, and what only an attacker's own program could. */
function forgeries(base: string): [string, Attempt][] {
  const types = [FORM, "multipart/form-data; boundary=x", "text/plain", "TEXT/PLAIN;charset=utf-8"];
  return [
    ...foreignOrigins(base).map((Origin): [string, Attempt] => [
      `Origin ${JSON.stringify(Origin)}`,
      { headers: { Origin } },
    ]),
    ...["PUT", "PATCH", "DELETE"].map((method): [string, Attempt] => [
      `${method} from elsewhere`,
      { method, headers: { Origin: "https://evil.example" } },
    ]),
    [
      "a foreign Origin that calls itself same-origin",
      { headers: { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" } },
    ],
    ["a known Origin from another site", { headers: { Origin: base, "Sec-Fetch-Site": "cross-site" } }],
    ["another site of the same domain", { headers: { "Sec-Fetch-Site": "same-site" } }],
    ["another site without an Origin", { headers: { "Sec-Fetch-Site": "cross-site" } }],
    ["an unknown Sec-Fetch-Site", { headers: { "Sec-Fetch-Site": "trust me" } }],
    ...types.map((type): [string, Attempt] => [`no Origin, ${type}`, { type }]),
    ["no Origin, no body", { type: null }],
    ["no Origin, a token made up", { type: FORM, token: "A".repeat(43) }],
    ["a foreign Origin with data behind the page", { suffix: ".data", headers: { Origin: "https://evil.example" } }],
  ];
}

/** Everything that any of the routes could change. */
const state = () =>
  one(
    z.object({ text: z.string() }),
    sql`
      select concat_ws(' ',
        (select string_agg(id || status || last_seq || coalesce(cs_id, 0), ',' order by id) from chat_sessions),
        (select string_agg(user_id || status, ',' order by user_id) from cs_status),
        (select string_agg(id || encode(refresh_hash, 'hex') || (revoked_at is null), ',' order by id) from auth_sessions),
        (select string_agg(key || value, ',' order by key) from settings),
        (select string_agg(concat_ws(':', id, username, name, role, max_chats, disabled_at), ',' order by id) from users)) as text`,
  );

test("every route that acts has its rightful request in the table, and nothing else is there", () => {
  expect(acting.map((r) => r.pattern).sort()).toEqual(Object.keys(RIGHTFUL).sort());
});

describe.each(acting.map((r) => r.pattern))("POST %s", (route) => {
  test("is refused to every forgery, and changes nothing", async () => {
    const them = await victim(route);
    const before = await state();
    for (const [name, attempt] of forgeries(world.url)) {
      const answer = await ask(route, them, attempt);
      const text = await answer.text();
      expect(`${name}: ${answer.status} ${text.includes("came from another site")}`).toBe(`${name}: 403 true`);
      expect(answer.headers.get("Set-Cookie"), name).toBeNull();
    }
    expect(await state()).toEqual(before);
  });

  test("works for the rightful one, by each way that a browser of today or of long ago knows", async () => {
    const token = async (cookie: string) =>
      formTokenIn(
        await (
          await fetch(`${world.url}/login`, { headers: { Cookie: cookie.replace(/hd_(a|r)\w+=[^;]+/g, "") } })
        ).text(),
      );
    const ways: ((them: Awaited<ReturnType<typeof victim>>) => Promise<Attempt> | Attempt)[] = [
      () => ({ headers: { Origin: world.url } }),
      () => ({ headers: { Origin: world.url, "Sec-Fetch-Site": "same-origin" } }),
      () => ({ headers: { "Sec-Fetch-Site": "same-origin" } }),
      ...(route.startsWith("/api/")
        ? [() => ({ type: "application/json" })]
        : [async ({ cookie }: { cookie: string }) => ({ token: await token(cookie) })]),
    ];
    for (const way of ways) {
      const them = await victim(route);
      const answer = await ask(route, them, await way(them));
      expect([answer.status, (await answer.text()).slice(0, 200)]).toEqual([
        RIGHTFUL[route]?.status,
        expect.any(String),
      ]);
    }
  });
});

test("a token of another browser's page is worth nothing", async () => {
  const [mine, other] = [await victim("/"), await victim("/")];
  const page = await fetch(`${world.url}/`, { headers: { Cookie: other.cookie, Accept: "text/html" } });
  const token = formTokenIn(await page.text());
  expect(token).toMatch(/^[\w-]{43}$/);
  expect((await ask("/", mine, { token })).status).toBe(403);
  expect((await ask("/", other, { token })).status).toBe(303);
});

describe("sockets", () => {
  test.each(["/ws/chat", "/ws/cs", "/ws/admin"])("%s opens for the page of this site alone", async (path) => {
    const { cookie } = await victim("/api/admin/stats");
    for (const [name, { headers = {} }] of forgeries(world.url).filter(([n]) => n.startsWith("Origin"))) {
      await expect(openRaw(world.url + path, { Cookie: cookie, ...headers }), name).rejects.toThrow("refused 403");
    }
    await expect(openRaw(world.url + path, { Cookie: cookie })).rejects.toThrow("refused 403");
    await (await openRaw(world.url + path, { Cookie: cookie, Origin: world.url })).close();
  });
});
