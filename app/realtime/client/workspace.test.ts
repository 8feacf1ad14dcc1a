import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ChatSummary, Colleague } from "~/chat/shapes";
import { openSocket, type LiveSocket } from "./socket";
import { memoryStorage } from "./storage";
import { fast } from "./testing/fast";
import { startSmallDesk, type SmallDesk } from "./testing/small-desk";
import { openWorkspace, type Lists, type Workspace } from "./workspace";

let desk: SmallDesk;
const open: { close(): void }[] = [];

beforeEach(async () => {
  desk = await startSmallDesk();
});

afterEach(async () => {
  for (const one of open.splice(0).reverse()) one.close();
  await desk.stop();
});

function chat(id: string, from: Partial<ChatSummary> = {}): ChatSummary {
  const at = "2026-01-01T00:00:00.000Z";
  return {
    id,
    status: "active",
    customerName: "Ada",
    customerEmail: null,
    sourceUrl: null,
    userAgent: null,
    csId: 7,
    csName: "Dewi",
    lastSeq: 3,
    assignedSeq: 2,
    preview: null,
    unread: 0,
    waitingSince: null,
    lastMessageAt: at,
    queuedAt: at,
    createdAt: at,
    endedAt: null,
    customerReadSeq: 0,
    arrival: null,
    handover: null,
    rating: null,
    ...from,
  };
}

const budi: Colleague = {
  id: 8,
  name: "Budi",
  avatarUrl: null,
  status: "online",
  away: false,
  activeChats: 1,
  maxChats: 5,
};
const initial: Lists = {
  status: "online",
  activeChats: 2,
  maxChats: 5,
  mine: [chat("s1"), chat("s2")],
  queue: [chat("q1", { csId: null })],
  colleagues: [budi],
};

async function work(storage = memoryStorage(), lists = initial): Promise<Workspace & { socket: LiveSocket }> {
  const socket = openSocket({ url: desk.staffUrl, ...fast });
  const workspace = openWorkspace({ socket, initial: lists, me: 7, storage });
  open.push(socket, workspace);
  await eventually(() => expect(workspace.getSnapshot().connection).not.toBe("connecting"));
  return Object.assign(workspace, { socket });
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 10 });
const ids = (list: ChatSummary[]) => list.map(({ id }) => id);
const message = (seq: number, senderType: "customer" | "cs" | "system", content: string) => ({
  ...desk.write(content, { senderType }),
  seq,
});

test("a message changes its chat's line, also when the chat is not open, and no other line", async () => {
  const workspace = await work();
  const before = workspace.getSnapshot();
  const tell = (seq: number, from: "customer" | "cs" | "system", content: string) =>
    desk.tellAll("chat:message", { sessionId: "s2", message: message(seq, from, content) });
  tell(4, "customer", "hello?");
  tell(5, "customer", "anybody?");
  tell(5, "customer", "anybody?");
  tell(2, "customer", "an old one, resumed");
  await eventually(() => expect(workspace.getSnapshot().mine[1]?.lastSeq).toBe(5));
  const waiting = workspace.getSnapshot().mine[1]!;
  expect(waiting).toMatchObject({ unread: 2, preview: { senderType: "customer", content: "anybody?" } });
  expect(waiting.waitingSince).toBe(desk.log[0]!.createdAt);
  tell(6, "system", "Budi looked in");
  // A note to colleagues is no answer: the customer goes on waiting, and their words stay in the list.
  desk.tellAll("chat:message", { sessionId: "s2", message: { ...message(7, "cs", "paid twice"), note: true } });
  await eventually(() => expect(workspace.getSnapshot().mine[1]?.lastSeq).toBe(7));
  expect(workspace.getSnapshot().mine[1]).toMatchObject({ preview: { senderType: "customer" } });
  expect(workspace.getSnapshot().mine[1]?.waitingSince).not.toBeNull();
  tell(8, "cs", "here I am");
  await eventually(() => expect(workspace.getSnapshot().mine[1]?.lastSeq).toBe(8));
  const answered = { waitingSince: null, preview: { senderType: "cs", content: "here I am" } };
  expect(workspace.getSnapshot().mine[1]).toMatchObject(answered);
  expect(workspace.getSnapshot().mine[0]).toBe(before.mine[0]);
  expect(workspace.getSnapshot().queue).toBe(before.queue);
  workspace.conversation("s2").markRead(8);
  expect(workspace.getSnapshot().mine[1]?.unread).toBe(0);
});

test("chats come and go by their events", async () => {
  const workspace = await work();
  const now = workspace.getSnapshot;
  desk.tellAll("chat:new", { chat: chat("q2") });
  desk.tellAll("chat:new_assigned", { chat: chat("q1") });
  desk.tellAll("chat:transferred_in", { chat: chat("t1") });
  await eventually(() => expect(ids(now().mine)).toEqual(["s1", "s2", "q1", "t1"]));
  expect(ids(now().queue)).toEqual(["q2"]);
  expect(now().activeChats).toBe(4);
  desk.tellAll("chat:transferred_out", { sessionId: "t1" });
  desk.tellAll("chat:resolved", { sessionId: "s1" });
  desk.tellAll("queue:update", { queue: [], waiting: 0, colleagues: [{ ...budi, activeChats: 2 }] });
  desk.tellAll("status:updated", { status: "busy" });
  desk.tellAll("chat:read", { sessionId: "s2", seq: 3, side: "customer" });
  desk.tellAll("chat:customer_left", { sessionId: "s2" });
  await eventually(() => expect(now().left).toEqual(["s2"]));
  expect(ids(now().mine)).toEqual(["s2", "q1"]);
  expect(now()).toMatchObject({ status: "busy", queue: [], activeChats: 2 });
  expect(now().colleagues).toEqual([{ ...budi, activeChats: 2 }]);
  expect(now().mine[0]?.customerReadSeq).toBe(3);
  desk.tellAll("chat:message", { sessionId: "s2", message: message(4, "customer", "back") });
  await eventually(() => expect(now().left).toEqual([]));
});

test("the full picture after each reconnect wakes nobody when nothing changed", async () => {
  desk.faults.onConnect = (ws) => desk.tell(ws, "cs:connected", structuredClone(initial));
  const workspace = await work();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = workspace.getSnapshot();
  desk.tellAll("cs:connected", { ...initial, mine: [chat("s1"), chat("s2", { unread: 4 })] });
  await eventually(() => expect(workspace.getSnapshot().mine[1]?.unread).toBe(4));
  expect(workspace.getSnapshot().mine[0]).toBe(before.mine[0]);
  expect(workspace.getSnapshot().colleagues).toBe(before.colleagues);
  desk.cut();
  await eventually(() => expect(workspace.getSnapshot().mine[1]?.unread).toBe(0));
});

test("accepting and resolving ask the server, and a refusal changes nothing", async () => {
  const workspace = await work();
  desk.faults.intercept = ({ event, data, requestId, socket }) => {
    if (event === "cs:accept_chat" && data.sessionId === "q1") {
      desk.tell(socket, "chat:new_assigned", { chat: chat("q1") }, requestId);
      return true;
    }
    if (event !== "cs:accept_chat") return false;
    desk.tell(socket, "system:error", { code: "CONFLICT", message: "Budi took this chat." }, requestId);
    return true;
  };
  expect(workspace.accepted("q1")).toBe(false);
  await workspace.accept("q1");
  expect(ids(workspace.getSnapshot().mine)).toEqual(["s1", "s2", "q1"]);
  await expect(workspace.accept("q9")).rejects.toMatchObject({ code: "CONFLICT", message: "Budi took this chat." });
  expect([workspace.accepted("q1"), workspace.accepted("q9")]).toEqual([true, false]);
  expect(ids(workspace.getSnapshot().mine)).toEqual(["s1", "s2", "q1"]);
  await workspace.resolve("s1");
  expect(ids(workspace.getSnapshot().mine)).toEqual(["s2", "q1"]);
  await workspace.setStatus("busy");
  expect(workspace.getSnapshot().status).toBe("busy");
});

test("what was written before a reload is sent although its chat is not opened; a colleague's is not", async () => {
  await desk.stop();
  const storage = memoryStorage();
  const before = await work(storage);
  before.conversation("s2").send("on its way");
  for (const one of open.splice(0).reverse()) one.close();
  await desk.start();
  const socket = openSocket({ url: desk.staffUrl, ...fast });
  const colleague = openWorkspace({ socket, initial, me: 8, storage });
  open.push(socket, colleague);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(desk.sent()).toEqual([]);
  await work(storage);
  await eventually(() => expect(desk.sent()).toEqual(["on its way"]));
});

test("the same conversation for the same chat; many looked-at ones are closed again, own ones stay", async () => {
  const workspace = await work();
  const own = workspace.conversation("s1");
  const first = workspace.conversation("x0");
  for (let i = 1; i <= 20; i++) workspace.conversation(`x${i}`);
  expect(workspace.conversation("s1")).toBe(own);
  expect(workspace.conversation("x20")).toBe(workspace.conversation("x20"));
  expect(workspace.conversation("x0")).not.toBe(first);
});
