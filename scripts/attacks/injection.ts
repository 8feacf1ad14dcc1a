import { randomUUID } from "node:crypto";
import { ROUTES } from "~/auth/permissions";
import { builtRoutes } from "~/testing/built-routes";
import { call } from "~/testing/caller";
import { signedIn, type Target } from "./target.ts";
import type { Tally } from "./tally.ts";

const PAYLOADS = [
  "' or '1'='1",
  "'; select pg_sleep(6); --",
  "1) or (select 1 from pg_sleep(6)) is not null --",
  "x' union select username, password_hash from users --",
  "\\'; drop table users; --",
  "$1",
  "$$; select 1; $$",
  "1; select 1",
  "%",
  "_____",
  "\u0000",
  "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
  "../../../../etc/passwd",
  "(",
  "[",
  "&",
  "!",
  "<->",
  ":*",
  "-1",
  "99999999999999999999",
  "NaN",
  "2026-13-45T99:99:99Z",
  "desc; drop table users",
  "x".repeat(7_000),
];

/** Whatever a list may be searched, filtered, sorted or turned over by; what a route does not know, it leaves alone. */
const PARAMETERS = [
  ..."q search text term before after since until from to date day month page limit cursor last".split(" "),
  ..."sort order by dir filter status state role agent cs csId user userId actor action kind type".split(" "),
  ..."rating label tag channel list chat id seq view format zone saved wait new redirectTo".split(" "),
];
const SLOW_MS = 5_000;
const TELLTALE = /syntax error at|pg_catalog|unterminated quoted|node:internal|\n {4}at |\$2[aby]\$12\$/;

/** Every address that is read, with every parameter at once, once as a word and once as a list. */
export async function injection(target: Target, tally: Tally, { short }: { short: boolean }) {
  const { cookie } = await signedIn(target.admin.userId);
  const [url] = target.urls;
  const readable = [
    ...new Set(builtRoutes().flatMap((r) => (r.hasLoader && ROUTES[r.pattern] ? [r.pattern] : []))),
  ].filter((pattern) => !["/*", "/api/*", "/logout", "/theme", "/language"].includes(pattern));
  for (const pattern of readable) {
    const path = pattern.replace(/\/chats\/:id/, `/chats/${target.anna.chatId}`).replaceAll(/:\w+/g, "1");
    for (const payload of short ? PAYLOADS.filter((payload, i) => i % 8 === 1 || payload === "\0") : PAYLOADS) {
      for (const list of [false, true]) {
        const names = payload.length > 100 ? PARAMETERS.slice(0, 1) : PARAMETERS;
        const query = names.flatMap((name) =>
          list
            ? [
                [`${name}[]`, payload],
                [name, payload],
                [name, "x"],
              ]
            : [[name, payload]],
        );
        await look(`${path}?${new URLSearchParams(query)}`, `${path} ${list ? "[] " : ""}${payload.slice(0, 30)}`);
      }
    }
    if (pattern.includes(":")) {
      for (const id of ["'", "1'--", "%00", "..%2f..", "0x1", "null", "1e9", "%", "{}"]) {
        await look(pattern.replaceAll(/:\w+/g, id === "%" ? "%25" : encodeURIComponent(id)), `${pattern} as ${id}`);
      }
    }
  }
  async function look(path: string, name: string) {
    let seen = await ask(path);
    // A pause of this machine is no sleep in the database: what is slow for a reason is slow again.
    if (seen.slow) seen = await ask(path);
    const { status, text, slow } = seen;
    const held = status < 500 && !slow && !TELLTALE.test(text);
    tally.attack(name, held, `${status} ${slow ? "slow" : ""} ${TELLTALE.exec(text)?.[0] ?? ""}`);
  }
  async function ask(path: string) {
    const began = performance.now();
    const response = await fetch(url + path, { headers: { Cookie: cookie }, redirect: "manual" });
    const text = await response.text();
    return { status: response.status, text, slow: performance.now() - began > SLOW_MS };
  }
  await bodies(target, tally);
  await wildcards(target, tally);
}

/** Objects, lists and numbers where a word is expected. */
async function bodies({ urls: [url], assigned, admin, anna }: Target, tally: Tally) {
  const odd: unknown[] = [{ $ne: null }, { $gt: "" }, ["a"], [["a"]], 1, true, null, { toString: "x" }, { length: 1 }];
  const targets: [string, string, Record<string, unknown>][] = [
    ["/api/auth/login", "", { username: "admin", password: "x", code: "1" }],
    [
      "/api/chat/init",
      "",
      { customerName: "x", customerEmail: "x@example.com", message: "x", clientId: "x", sourceUrl: "x" },
    ],
    ["/api/chat/messages", anna.token, { clientId: "x", content: "x" }],
    [`/api/cs/chats/${anna.chatId}/messages`, assigned.token, { clientId: "x", content: "x", expectedSeq: 1 }],
    [`/api/cs/chats/${anna.chatId}/transfer`, assigned.token, { toCsId: 1, note: "x" }],
    ["/api/cs/status", assigned.token, { status: "online" }],
    [`/api/admin/chats/${anna.chatId}/assign`, admin.token, { csId: 1 }],
    ["/api/admin/settings", admin.token, { graceSeconds: 1, timeZone: "UTC" }],
  ];
  for (const [path, token, fields] of targets) {
    for (const field of Object.keys(fields)) {
      for (const value of odd) {
        if (typeof value === typeof fields[field]) continue;
        const { status, body } = await call(url, path, {
          token: token || undefined,
          body: { ...fields, [field]: value },
        });
        const text = JSON.stringify(body);
        const held = status < 500 && !TELLTALE.test(text) && (path !== "/api/auth/login" || status !== 200);
        tally.attack(`${path} ${field}: ${JSON.stringify(value)}`, held, `${status} ${text}`);
      }
    }
  }
}

/** A needle that is found by its words, and not by the signs that stand for any. */
async function wildcards({ urls: [url], assigned, customer }: Target, tally: Tally) {
  const { token } = await customer("haystack");
  const { body } = await call(url, "/api/chat/messages", {
    token,
    body: { clientId: randomUUID(), content: "{{7*7}} needle" },
  });
  const chatId = body.sessionId as string;
  for (const verb of ["accept", "resolve"]) {
    await call(url, `/api/cs/chats/${chatId}/${verb}`, { method: "POST", token: assigned.token });
  }
  const { cookie } = await signedIn(assigned.userId);
  const found = async (q: string) => {
    const page = await fetch(`${url}/cs/history?q=${encodeURIComponent(q)}`, { headers: { Cookie: cookie } });
    return (await page.text()).includes(chatId);
  };
  for (const q of [
    "%",
    "_",
    "%%",
    "need_e",
    "n%e",
    "need%le",
    "\\",
    "%needle",
    "_needle",
    "NEEDLE%",
    "{{7*8}}",
    "49 needle",
  ]) {
    const hit = await found(q);
    tally.attack(`searching for ${q}`, !hit, hit);
  }
  tally.control("searching for the word", await found("needle"));
  tally.control("template signs are only signs", await found("{{7*7}}"));
}
