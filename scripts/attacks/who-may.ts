import { ROUTES, type Who } from "~/auth/permissions";
import { z } from "zod";
import { one, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { builtRoutes } from "~/testing/built-routes";
import { signedIn, type Target } from "./target.ts";
import type { Tally } from "./tally.ts";

export type ActorName = "anonymous" | "customer A" | "customer B" | "unassigned" | "assigned" | "disabled" | "admin";

export const ACTORS: ActorName[] = [
  "anonymous",
  "customer B",
  "disabled",
  "unassigned",
  "customer A",
  "assigned",
  "admin",
];

const STAFF: ActorName[] = ["unassigned", "assigned", "admin"];
const CUSTOMERS: ActorName[] = ["customer A", "customer B"];

/** Whom each row of the table lets in: written here a second time, so that a slip there is seen. */
export const LETS_IN: Record<Who, ActorName[]> = {
  anyone: ACTORS,
  customer: CUSTOMERS,
  party: [...CUSTOMERS, ...STAFF],
  staff: STAFF,
  admin: ["admin"],
};

/** Whoever may see or change A's chat, among those whom the table lets in. */
const OWNERS: ActorName[] = ["customer A", "assigned", "admin"];
/** Of whoever has the chat, and of admins. */
const OF_A_CHAT = /\/chats\/:id/;

export async function cookieOf(target: Target, actor: ActorName): Promise<string> {
  if (actor === "anonymous") return "";
  if (actor === "customer A") return target.anna.cookie;
  if (actor === "customer B") return target.bert.cookie;
  // Fresh: signing out is among the attacks.
  return (await signedIn(target[actor].userId)).cookie;
}

/** There is nothing there, or nothing without another cookie, or not unless a setting lets customers erase their chats. */
const SAYS_NO = new Set(["/*", "/api/*", "/api/auth/refresh", "POST /chats/:id"]);

/** Here, an id that there is not. */
const OF_ANOTHER = /\/(?!chats\/)\w+\/:/;

/** Every page, form and call of the build × everybody, by the address of A's chat where there is one. */
export async function whoMay(target: Target, tally: Tally) {
  const routes = new Map(builtRoutes().map((route) => [route.pattern, route]));
  for (const [pattern, { hasAction, hasLoader }] of routes) {
    const who = ROUTES[pattern];
    if (!who) {
      tally.attack(`${pattern} has no row`, false);
      continue;
    }
    for (const actor of ACTORS) {
      const cookie = await cookieOf(target, actor);
      const mine = !OF_A_CHAT.test(pattern) || OWNERS.includes(actor);
      const may = LETS_IN[who].includes(actor) && mine;
      // What the rightful ones do to a chat, they do to another one of A's agent.
      const chatId = may && OF_ONE_CHAT.test(pattern) ? await spareChat(target) : target.anna.chatId;
      for (const attempt of attemptsOn(pattern, hasLoader, hasAction, chatId, target.unassigned.userId)) {
        const url = target.urls[tally.cases % 2 ? 1 : 0] + attempt.path;
        const answer = await ask(url, attempt, cookie);
        const name = `${actor}: ${attempt.method} ${attempt.path} ${attempt.body ?? ""}`;
        const got = `${answer.status} ${answer.location}`;
        const through = !isRefused(answer);
        const leaked = answer.text.includes(target.anna.marker);
        // 405: such a call is there for nobody; 409: a colleague has the chat.
        const unread = !mine && attempt.method === "POST" && [400, 415].includes(answer.status);
        const nothing = !through || unread || answer.status === 405 || answer.status === 409;
        if (!may) tally.attack(name, nothing && !leaked, got);
        else
          tally.control(
            name,
            answer.status < 500 &&
              (through ||
                SAYS_NO.has(pattern) ||
                SAYS_NO.has(`${attempt.method} ${pattern}`) ||
                (OF_ANOTHER.test(pattern) && answer.status === 404)),
            got,
          );
      }
    }
  }
}

interface Attempt {
  method: "GET" | "POST";
  path: string;
  body?: string;
}

/** What the form of a chat says; those that would end it are for last. */
const CHAT_INTENTS = ["send", "note", "read", "addLabel", "edit", "takeBack", "transfer", "requeue", "block"];

export async function spareChat({ customer, assigned, urls }: Target): Promise<string> {
  const { chatId } = await customer("spare");
  await call(urls[0], `/api/cs/chats/${chatId}/accept`, { method: "POST", token: assigned.token });
  return chatId;
}

function attemptsOn(pattern: string, reads: boolean, acts: boolean, chatId: string, toCsId: number): Attempt[] {
  const path = pattern
    .replace(/\/chats\/:id/, `/chats/${chatId}`)
    .replaceAll(/:\w+/g, "1")
    .replace("*", "nowhere");
  const pages: Attempt[] = [{ method: "GET", path }];
  const isPage = !path.startsWith("/api/") && !path.endsWith(".txt");
  if (isPage) pages.push({ method: "GET", path: path === "/" ? "/_root.data" : `${path}.data` });
  if (!reads) pages.length = 0;
  if (!acts) return pages;
  const index = ["/", "/admin", "/account"].includes(path) ? "?index" : "";
  return [...pages, { method: "POST", path: path + index, body: bodyFor(path, toCsId) }];
}

/** Whole where a call would act on a chat, so that only the question whose it is can refuse it. */
function bodyFor(path: string, toCsId: number): string {
  if (path.startsWith("/cs/chats/")) return "intent=note&clientId=attack&content=from+a+stranger";
  if (!OF_ONE_CHAT.test(path)) return path.startsWith("/api/") ? "{}" : "";
  return JSON.stringify({ clientId: "attack", content: "from a stranger", toCsId, csId: toCsId });
}

const OF_ONE_CHAT = /^\/(api\/(cs|admin)|cs|admin)\/chats\/./;

/** A refused actor tries every intent of the form on A's chat; none of them may change it. */
export async function intentsOnChat(target: Target, tally: Tally) {
  const path = `/cs/chats/${target.anna.chatId}`;
  const fields = { clientId: "attack", content: "from a stranger", seq: "1", label: "x" };
  const before = await readMark(target.anna.chatId);
  for (const actor of ["anonymous", "customer A", "customer B", "disabled", "unassigned"] as const) {
    const cookie = await cookieOf(target, actor);
    for (const intent of CHAT_INTENTS) {
      const body = new URLSearchParams({ ...fields, toCsId: String(target.unassigned.userId), intent }).toString();
      const answer = await ask(target.urls[0] + path, { method: "POST", path, body }, cookie);
      // A read mark of a stranger is no error: it marks nothing.
      const nothing = isRefused(answer) || answer.status === 409 || answer.status === 400 || intent === "read";
      tally.attack(`${actor}: ${intent} on A's chat`, nothing, `${answer.status} ${answer.location}`);
    }
  }
  const after = await fetch(`${target.urls[0]}/api/cs/chats/${target.anna.chatId}/messages?after=0`, {
    headers: { Authorization: `Bearer ${target.assigned.token}` },
  });
  const text = await after.text();
  const mark = await readMark(target.anna.chatId);
  tally.attack("A's chat is as unread as before", mark === before, mark);
  tally.attack("nothing of it is in A's chat", !text.includes("from a stranger"), text);
  const body = new URLSearchParams({ ...fields, clientId: "control", intent: "send" }).toString();
  const sent = await ask(target.urls[0] + path, { method: "POST", path, body }, await cookieOf(target, "assigned"));
  tally.control("the agent of the chat sends", sent.status === 303, sent.status);
}

const readMark = async (chatId: string) =>
  (await one(z.object({ seq: z.number() }), sql`select cs_read_seq as seq from chat_sessions where id = ${chatId}`))
    .seq;

async function ask(url: string, { method, path, body = "" }: Attempt, cookie: string) {
  const isCall = path.startsWith("/api/");
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: {
      Cookie: cookie,
      Accept: isCall ? "application/json" : "text/html",
      ...(method === "POST" && {
        Origin: new URL(url).origin,
        "Content-Type": isCall ? "application/json" : "application/x-www-form-urlencoded",
      }),
    },
    ...(method === "POST" && { body }),
  });
  const text = await response.text();
  const location = response.headers.get("Location") ?? (response.status === 202 ? text : "");
  return { status: response.status, location, text };
}

const isRefused = ({ status, location }: { status: number; location: string }) =>
  [401, 403, 404].includes(status) || location.includes("/login?redirectTo");
