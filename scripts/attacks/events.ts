import { randomUUID } from "node:crypto";
import { EVENTS, SOCKETS } from "~/auth/permissions";
import { openRaw, type RawSocket } from "~/testing/raw-socket";
import type { Tally } from "./tally.ts";
import { signedIn, type Target } from "./target.ts";
import { ACTORS, cookieOf, LETS_IN, spareChat, type ActorName } from "./who-may.ts";

const PATHS = { customer: "/ws/chat", cs: "/ws/cs", admin: "/ws/admin" } as const;
type Door = keyof typeof PATHS;
const REFUSALS = ["UNAUTHENTICATED", "NOT_ALLOWED", "NOT_FOUND", "CONFLICT"];

/** Answered with nothing, or with what is one's own: that A notices nothing of them is looked at instead. */
const UNANSWERED = new Set(["customer:typing", "cs:typing", "customer:read", "cs:read", "cs:activity", "cs:viewing"]);
const ABOUT_ONESELF = new Set([
  "customer:start_chat",
  "customer:end_chat",
  "customer:rating",
  "cs:set_status",
  "cs:activity",
  "admin:subscribe_stats",
]);

/** What an attacker says about A's chat; an event that is not here is sent everything at once. */
function dataOf(event: string, chatId: string, csId: number): object {
  const sessionId = chatId;
  const clientId = randomUUID();
  const known: Record<string, object> = {
    "customer:start_chat": { message: "hi" },
    "customer:send_message": { sessionId, clientId, content: "from a stranger" },
    "customer:typing": { sessionId, isTyping: true },
    "customer:read": { sessionId, seq: 1 },
    "customer:end_chat": {},
    "customer:edit_message": { sessionId, seq: 1, content: "from a stranger" },
    "customer:take_back_message": { sessionId, seq: 1 },
    "customer:draft": { sessionId, content: "from a stranger" },
    "customer:rating": { sessionId, rating: 1 },
    "chat:resume": { sessionId, after: 0 },
    "cs:set_status": { status: "busy" },
    "cs:send_message": { sessionId, clientId, content: "from a stranger" },
    "cs:accept_chat": { sessionId },
    "cs:resolve_chat": { sessionId },
    "cs:transfer_chat": { sessionId, toCsId: csId },
    "cs:note": { sessionId, clientId, content: "from a stranger" },
    "cs:edit_message": { sessionId, seq: 1, content: "from a stranger" },
    "cs:take_back_message": { sessionId, seq: 1 },
    "cs:draft": { sessionId, content: "from a stranger" },
    "cs:requeue_chat": { sessionId },
    "cs:activity": {},
    "cs:typing": { sessionId, isTyping: true },
    "cs:read": { sessionId, seq: 1 },
    "admin:subscribe_stats": {},
    "admin:force_assign": { sessionId, csId },
  };
  return known[event] ?? { sessionId, clientId, seq: 1, content: "from a stranger", csId, toCsId: csId };
}

/** Every door × everybody, and every event of every door by those who are let in but do not have A's chat. */
export async function whoMaySay(target: Target, tally: Tally) {
  for (const door of Object.keys(PATHS) as Door[]) {
    for (const actor of ACTORS) {
      const opened = await open(target, door, actor);
      const name = `${actor} opens ${PATHS[door]}`;
      if (LETS_IN[SOCKETS[door]].includes(actor)) tally.control(name, typeof opened !== "string", opened);
      else tally.attack(name, typeof opened === "string" && /refused 40[13]/.test(opened), opened);
      if (typeof opened === "string") continue;
      if (actor !== "customer A" && actor !== "assigned" && !(door === "admin" && actor === "admin"))
        await sayAll(target, tally, door, actor, opened);
      opened.socket.terminate();
      await sayOfOtherDoors(target, tally, door, actor);
    }
  }
  await adminAtTheDesk(target, tally);
  await controls(target, tally);
}

async function sayAll(target: Target, tally: Tally, door: Door, actor: ActorName, socket: RawSocket) {
  const { anna, unassigned } = target;
  const listener = await openRaw(`${target.urls[0]}/ws/chat`, { Authorization: `Bearer ${anna.token}` });
  await listener.request("chat:resume", { after: 0 });
  listener.forget();
  for (const event of Object.keys(EVENTS[door])) {
    // An admin may read and steer every chat; that an admin's text is nobody's is tried with the rest.
    if (actor === "admin") continue;
    const answer = await socket.request(event, dataOf(event, anna.chatId, unassigned.userId));
    const code = String(answer.data?.code ?? answer.event);
    const nothing = REFUSALS.includes(code) || UNANSWERED.has(event) || ABOUT_ONESELF.has(event);
    const leaked = JSON.stringify(socket.frames).includes(anna.marker);
    tally.attack(`${actor} says ${event} about A's chat`, nothing && !leaked, code);
  }
  await new Promise((resolve) => setTimeout(resolve, 150));
  const heard = listener.frames.filter(({ event }) => event !== "system:heartbeat" && event !== "chat:queue_position");
  tally.attack(`${actor}: A notices nothing of it`, heard.length === 0, JSON.stringify(heard));
  listener.socket.terminate();
}

/** What is said at another door is said to nobody here, the admin's words and doors too. */
async function sayOfOtherDoors(target: Target, tally: Tally, door: Door, actor: ActorName) {
  const foreign = (Object.keys(PATHS) as Door[])
    .flatMap((other) => Object.keys(EVENTS[other]))
    .filter((event) => !(event in EVENTS[door]));
  let socket: RawSocket | string = "";
  for (const [i, event] of foreign.entries()) {
    // Three that are unknown end a socket.
    if (i % 2 === 0) {
      if (typeof socket !== "string") socket.socket.terminate();
      socket = await open(target, door, actor);
    }
    if (typeof socket === "string") return tally.attack(`${actor} stays at ${PATHS[door]}`, false, socket);
    const answer = await socket.request(event, dataOf(event, target.anna.chatId, target.unassigned.userId));
    const leaked = JSON.stringify(socket.frames).includes(target.anna.marker);
    tally.attack(
      `${actor} says ${event} at ${PATHS[door]}`,
      answer.data.code === "UNKNOWN_EVENT" && !leaked,
      JSON.stringify(answer),
    );
  }
  if (typeof socket !== "string") socket.socket.terminate();
}

/** An admin joins and steers every chat from the workspace, and neither takes one over nor changes another's words. */
const ADMIN_MAY = new Set([
  "cs:send_message",
  "cs:note",
  "cs:draft",
  "cs:resolve_chat",
  "cs:requeue_chat",
  "chat:resume",
]);

async function adminAtTheDesk(target: Target, tally: Tally) {
  const token = target.admin.token;
  const socket = await openRaw(`${target.urls[1]}/ws/cs`, { Authorization: `Bearer ${token}` });
  for (const event of Object.keys(EVENTS.cs)) {
    if (UNANSWERED.has(event) || ABOUT_ONESELF.has(event)) continue;
    const chatId = await spareChat(target);
    const answer = await socket.request(event, dataOf(event, chatId, target.unassigned.userId));
    const code = String(answer.data?.code ?? answer.event);
    const name = `admin says ${event} about the chat of an agent`;
    if (ADMIN_MAY.has(event)) tally.control(name, answer.event !== "system:error", code);
    else tally.attack(name, REFUSALS.includes(code), code);
  }
  socket.socket.terminate();
}

/** A itself and A's agent get through with the same frames. */
async function controls(target: Target, tally: Tally) {
  const customer = await open(target, "customer", "customer A");
  const desk = await openRaw(`${target.urls[1]}/ws/cs`, { Authorization: `Bearer ${target.assigned.token}` });
  if (typeof customer === "string") return tally.control("A's socket", false, customer);
  for (const event of ["chat:resume", "customer:send_message", "customer:draft", "customer:edit_message"]) {
    const answer = await customer.request(event, dataOf(event, target.anna.chatId, 1));
    tally.control(`A says ${event}`, answer.event !== "system:error", JSON.stringify(answer));
  }
  for (const event of ["chat:resume", "cs:send_message", "cs:note", "cs:draft"]) {
    const answer = await desk.request(event, dataOf(event, target.anna.chatId, 1));
    tally.control(`A's agent says ${event}`, answer.event !== "system:error", JSON.stringify(answer));
  }
  customer.socket.terminate();
  desk.socket.terminate();
}

async function open(target: Target, door: Door, actor: ActorName): Promise<RawSocket | string> {
  const url = target.urls[0] + PATHS[door];
  const token = await bearerOf(target, door, actor);
  return openRaw(url, token ? { Authorization: `Bearer ${token}` } : {}).catch((error: Error) => error.message);
}

/** Customers bring their token to every door; at the customers' own, the staff are strangers without one. */
async function bearerOf(target: Target, door: Door, actor: ActorName): Promise<string | null> {
  if (actor === "anonymous") return null;
  if (actor === "customer A") return target.anna.token;
  if (actor === "customer B") return target.bert.token;
  if (door === "customer") return null;
  await cookieOf(target, actor);
  return (await signedIn(target[actor].userId)).token;
}
