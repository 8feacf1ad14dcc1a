import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "playwright-core";
import { exec, sql } from "~/db.server";
import { launchBrowser } from "~/testing/browser";
import { call } from "~/testing/caller";
import { attach } from "~/testing/upload";
import { onEnd } from "../faults/cleanup.ts";
import { polyglots } from "./polyglots.ts";
import { signedIn, type Target } from "./target.ts";
import type { Tally } from "./tally.ts";

const SHORT_FIELD = 80;
const SETTLE_MS = 400;

interface Watched {
  page: Page;
  /** Calls of xss(), dialogs, refusals by the policy, errors of the page. */
  signs: string[];
}

/** What is written by one side, read by the other in a real browser: from the server, and as it comes over the socket. */
export async function storedXss(target: Target, tally: Tally, { short }: { short: boolean }) {
  const texts = polyglots(short ? 25 : 170);
  const names = polyglots(short ? 10 : 150, SHORT_FIELD);
  const browser = await launchBrowser();
  onEnd(() => browser.close());
  const [url] = target.urls;
  const agent = await target.person("reader", "admin");
  const { cookie } = await signedIn(agent.userId);
  const chat = await hostileChat(target, agent.token, texts.slice(0, 5));

  const staff = await browser.newContext({ baseURL: url });
  await putCookies(staff, cookie, url);
  const customer = await browser.newContext({ baseURL: url });
  await putCookies(customer, chat.cookie, url);
  const live = [await watch(staff, `/cs/chats/${chat.chatId}`), await watch(customer, "/")];

  for (const content of texts) {
    const body = { clientId: randomUUID(), content };
    await call(url, "/api/chat/messages", { token: chat.token, body });
    await call(url, `/api/cs/chats/${chat.chatId}/messages`, {
      token: agent.token,
      body: { ...body, clientId: randomUUID() },
    });
  }
  const strangers = await hostileNames(target, agent.token, names);
  await hostileNotes(target, cookie, chat.chatId, texts);
  await hostileFiles(target, tally, chat.token, names);
  const last = texts.at(-1) ?? "";
  for (const [side, watched] of [
    ["agent", live[0]],
    ["customer", live[1]],
  ] as const) {
    if (!watched) continue;
    const shown = await showsAll(watched.page, last);
    tally.control(`the ${side}'s open page shows the texts as texts`, shown, last);
    judge(tally, `live, ${side}`, texts, watched);
    await watched.page.close();
  }

  const pages: [string, BrowserContext, string, string[]][] = [
    ["agent's chat", staff, `/cs/chats/${chat.chatId}`, texts],
    ["agent's list", staff, "/cs", names],
    ["agent's queue", staff, "/cs?list=queue", names],
    ["frame of the chat", staff, `/cs/frame/chats/${chat.chatId}`, texts],
    ["frame of the lists", staff, "/cs/frame/list?list=queue", names],
    ["history", staff, `/cs/history?q=${encodeURIComponent("<script>xss()</script>")}`, names],
    ["canned replies", staff, "/cs/canned", names],
    ["board", staff, "/admin", names],
    ["admin's chat", staff, `/admin/chats/${chat.chatId}`, texts],
    ["people", staff, "/admin/users", names],
    ["all chats", staff, "/admin/chats", names],
    ["figures", staff, "/admin/figures", names],
    ["labels", staff, "/admin/labels", names],
    ["shared replies", staff, "/admin/canned", names],
    ["activity", staff, "/admin/activity", names],
    ["settings", staff, "/admin/settings", names],
    ["account", staff, "/account", names],
    ["customer's chat", customer, "/", texts],
    ["customer's log", customer, "/chat/log", texts],
    ["transcript", customer, `/chats/${chat.chatId}`, texts],
  ];
  for (const [name, context, path, shown] of pages) {
    const watched = await watch(context, path);
    judge(tally, `from the server, ${name}`, shown, watched);
    await watched.page.close();
  }
  // Beside each chat: who wrote, from where, with what browser, and what they thought of it.
  for (const [i, id] of strangers.entries()) {
    const watched = await watch(staff, i % 2 ? `/admin/chats/${id}` : `/cs/chats/${id}`);
    judge(tally, "beside the chat", names.slice(i, i + 1), watched);
    await watched.page.close();
  }
  const text = await fetch(`${url}/chats/${chat.chatId}.txt`, { headers: { Cookie: chat.cookie } });
  const plain =
    text.headers.get("Content-Type")?.startsWith("text/plain") && text.headers.get("X-Content-Type-Options");
  tally.attack("the transcript as a file is no page", plain === "nosniff", plain);
  await canary(tally, staff);
  await browser.close();
}

/** In its user agent, referrer, e-mail, labels, notes, draft and feedback too. */
async function hostileChat(target: Target, token: string, texts: string[]) {
  const [url] = target.urls;
  const hostile = texts[0] ?? "";
  const { body } = await call(url, "/api/chat/init", {
    body: { message: hostile, customerName: hostile, sourceUrl: `https://x.example/${hostile}` },
    headers: { "User-Agent": "<script>xss()</script>", Referer: "https://x.example/<script>xss()</script>" },
  });
  const chatId = body.sessionId as string;
  await call(url, `/api/cs/chats/${chatId}/accept`, { method: "POST", token });
  await exec(sql`update chat_sessions set customer_email = ${`"${hostile}"@example.com`} where id = ${chatId}`);
  for (const [i, content] of texts.entries()) {
    await exec(sql`insert into labels (name) values (${content.slice(0, 40)}) on conflict do nothing`);
    await exec(sql`insert into chat_labels (session_id, label_id)
      select ${chatId}, id from labels where name = ${content.slice(0, 40)} on conflict do nothing`);
    await exec(
      sql`insert into drafts (session_id, user_id, content) values (${chatId}, ${i}, ${content}) on conflict do nothing`,
    );
  }
  const customerToken = body.customerToken as string;
  return { chatId, token: customerToken, cookie: `hd_customer=${customerToken}` };
}

/** Names of customers and colleagues, titles and replies; some of the chats are over, with a rating. */
async function hostileNames({ urls: [url] }: Target, token: string, names: string[]) {
  const chats: string[] = [];
  for (const [i, customerName] of names.entries()) {
    const { body } = await call(url, "/api/chat/init", {
      body: { message: customerName, customerName, sourceUrl: `https://x.example/${customerName}` },
      headers: { "User-Agent": customerName.replaceAll(/[^\x20-\x7e]/g, "?") },
    });
    chats.push(body.sessionId);
    await exec(sql`update chat_sessions set customer_email = ${`"${customerName}"@example.com`}
      where id = ${body.sessionId}`);
    await exec(sql`insert into labels (name) values (${customerName.slice(0, 40)}) on conflict do nothing`);
    await exec(sql`insert into chat_labels (session_id, label_id)
      select ${body.sessionId}, id from labels where name = ${customerName.slice(0, 40)} on conflict do nothing`);
    if (i % 3 === 0) await call(url, `/api/cs/chats/${body.sessionId}/accept`, { method: "POST", token });
    if (i % 6 === 0) {
      await call(url, `/api/cs/chats/${body.sessionId}/resolve`, { method: "POST", token });
      await exec(sql`update chat_sessions set rating = 1, rated_at = now(), rating_feedback = ${customerName}
        where id = ${body.sessionId}`);
    }
    await exec(
      sql`insert into canned_responses (shortcut, title, content) values (${`x${i}`}, ${customerName}, ${customerName})`,
    );
    if (i % 4 === 0)
      await exec(
        sql`insert into users (username, name, role, password_hash) values (${`xss${i}`}, ${customerName}, 'cs', 'none')`,
      );
  }
  return chats;
}

/** Notes of the staff, by the workspace's own form. */
async function hostileNotes({ urls: [url] }: Target, cookie: string, chatId: string, texts: string[]) {
  for (const content of texts) {
    const body = new URLSearchParams({ intent: "note", clientId: randomUUID(), content });
    const headers = { Cookie: cookie, Origin: url };
    await fetch(`${url}/cs/chats/${chatId}`, { method: "POST", redirect: "manual", headers, body });
  }
}

const FILES_IN_A_MESSAGE = 5;

/** Files whose names are scripts, sent with the customer's messages. */
async function hostileFiles({ urls: [url] }: Target, tally: Tally, token: string, names: string[]) {
  let taken = 0;
  for (let i = 0; i < names.length; i += FILES_IN_A_MESSAGE) {
    const attachmentIds: string[] = [];
    for (const name of names.slice(i, i + FILES_IN_A_MESSAGE)) {
      const { status, body } = await attach(url, token, { content: Buffer.from("a"), name: `${name}.txt`, type: null });
      if (status === 201) attachmentIds.push(body.attachment.id);
    }
    const body = { clientId: randomUUID(), content: "files", attachmentIds };
    const sent = await call(url, "/api/chat/messages", { token, body });
    if (sent.status === 201) taken += attachmentIds.length;
  }
  tally.control("files with such names are taken and sent", taken > names.length / 2, `${taken} of ${names.length}`);
}

async function watch(context: BrowserContext, path: string): Promise<Watched> {
  const page = await context.newPage();
  const signs: string[] = [];
  await page.exposeFunction("xss", () => signs.push("xss() ran"));
  await page.exposeFunction("reported", (what: string) => signs.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      void (window as unknown as { reported(what: string): void }).reported(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`,
      );
    });
  });
  page.on("dialog", (dialog) => (signs.push("a dialog"), void dialog.dismiss()));
  page.on("pageerror", (error) => signs.push(error.message));
  await page.goto(path, { waitUntil: "load" });
  await page.waitForTimeout(SETTLE_MS);
  return { page, signs };
}

async function showsAll(page: Page, last: string) {
  const shown = () => page.evaluate((text) => (document.body.textContent ?? "").includes(text), last);
  for (let i = 0; i < 40; i++) {
    if (await shown()) return true;
    await page.waitForTimeout(150);
  }
  return false;
}

function judge(tally: Tally, where: string, texts: string[], { signs }: Watched) {
  for (const text of texts)
    tally.attack(`${where}: ${text.slice(0, 60)}`, signs.length === 0, signs.slice(0, 3).join("; "));
}

/** The eyes must see: with the policy out of the way, the first of them runs. */
async function canary(tally: Tally, context: BrowserContext) {
  const page = await context.newPage();
  let ran = 0;
  await page.exposeFunction("xss", () => ran++);
  await page.route("**/canary", (route) =>
    route.fulfill({ contentType: "text/html", body: `<p>${polyglots(1).join("")}</p><img src=x onerror=xss()>` }),
  );
  await page.goto("/canary");
  await page.waitForTimeout(SETTLE_MS);
  tally.control("without our escaping it runs, and is seen", ran > 0, ran);
  await page.close();
}

const putCookies = (context: BrowserContext, cookie: string, url: string) =>
  context.addCookies(
    cookie.split("; ").map((pair) => {
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url, httpOnly: true, sameSite: "Lax" as const };
    }),
  );
