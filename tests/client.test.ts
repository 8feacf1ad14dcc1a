import { afterEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { call } from "~/testing/caller";
import { openConversation, type Conversation } from "~/realtime/client/conversation";
import { openSocket, type SocketOptions } from "~/realtime/client/socket";
import { memoryStorage } from "~/realtime/client/storage";
import { openWorkspace } from "~/realtime/client/workspace";
import { startWorld } from "./world";

const world = startWorld(2, { RATE_LIMIT_FACTOR: "1" });
const open: { close(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0).reverse()) one.close();
});

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });
const texts = (chat: Conversation) =>
  chat.getSnapshot().messages.flatMap(({ senderType, content }) => (senderType === "system" ? [] : [content]));

function dial(path: string, token: string, instance: number, options: Partial<SocketOptions> = {}) {
  const url = world.instances[instance]!.url.replace("http", "ws") + path;
  const socket = openSocket({ url, token, WebSocket, backoffCapMs: 500, ...options });
  open.push(socket);
  return socket;
}

function customerPage(token: string, sessionId: string, options: Partial<SocketOptions> = {}): Conversation {
  const socket = dial("/ws/chat", token, 0, options);
  const chat = openConversation({ socket, side: "customer", sessionId, messages: [], storage: memoryStorage() });
  open.push(chat);
  return chat;
}

function agentPage({ token, userId }: { token: string; userId: number }, options: Partial<SocketOptions> = {}) {
  const initial = { status: "offline" as const, activeChats: 0, maxChats: 0, mine: [], queue: [], colleagues: [] };
  const socket = dial("/ws/cs", token, 1, options);
  const workspace = openWorkspace({ socket, initial, me: userId, storage: memoryStorage() });
  open.push(workspace);
  return workspace;
}

test("a customer and an agent on two instances see one conversation, through a burst beyond the rate limit", async () => {
  const agent = agentPage(await world.agent("dewi"));
  const { token, chatId } = await world.customer("Hello");
  const ada = customerPage(token, chatId);
  await eventually(() => expect(agent.getSnapshot().connection).toBe("live"));
  await agent.setStatus("online");
  await eventually(() => expect(agent.getSnapshot().mine.map(({ id }) => id)).toEqual([chatId]));
  expect(agent.getSnapshot()).toMatchObject({ status: "online", activeChats: 1 });
  const dewi = agent.conversation(chatId);
  const questions = Array.from({ length: 90 }, (_, i) => `question ${i}`);
  for (const text of questions) ada.send(text);
  dewi.send("one moment");
  await eventually(() => expect(texts(ada)).toHaveLength(92));
  await eventually(() => expect(dewi.getSnapshot().messages).toEqual(ada.getSnapshot().messages));
  expect(texts(ada).filter((text) => text.startsWith("question"))).toEqual(questions);
  expect(agent.getSnapshot().mine[0]).toMatchObject({ unread: 91, preview: { content: "question 89" } });
  dewi.markRead(dewi.getSnapshot().messages.at(-1)!.seq);
  await eventually(() => expect(ada.getSnapshot().peerReadSeq).toBeGreaterThanOrEqual(92));
  ada.setTyping(true);
  await eventually(() => expect(dewi.getSnapshot().peerTyping).toBe(true));
  expect(ada.getSnapshot().agent?.name).toBe("Dewi");
  await agent.resolve(chatId);
  await eventually(() => expect(ada.getSnapshot().ended).toEqual({ reason: "resolved" }));
  expect(agent.getSnapshot().mine).toEqual([]);
  ada.send("too late");
  await eventually(() => expect(ada.getSnapshot().pending).toMatchObject([{ content: "too late", state: "failed" }]));
});

class Blocked extends WebSocket {
  constructor() {
    super("ws://127.0.0.1:9");
  }
}

test("where sockets are blocked the same conversation goes through HTTP", async () => {
  const { token, chatId } = await world.customer("Hello");
  const ada = customerPage(token, chatId, { WebSocket: Blocked });
  const onTheOtherScreen = customerPage(token, chatId);
  ada.send("through the needle's eye");
  await eventually(() => expect(texts(onTheOtherScreen)).toEqual(["Hello", "through the needle's eye"]));
  expect(ada.getSnapshot().connection).toBe("polling");
  onTheOtherScreen.send("and back");
  await eventually(() => expect(texts(ada)).toEqual(["Hello", "through the needle's eye", "and back"]));
  expect(ada.getSnapshot().pending).toEqual([]);
});

test("where sockets are blocked the other side still hears how far one has read", async () => {
  const staff = await world.agent("siti");
  const agent = agentPage(staff, { WebSocket: Blocked });
  const { token, chatId } = await world.customer("Hello");
  await eventually(() => expect(agent.getSnapshot().connection).toBe("polling"));
  await agent.accept(chatId);
  const ada = customerPage(token, chatId);
  const siti = agent.conversation(chatId);
  await eventually(() => expect(texts(siti)).toEqual(["Hello"]));
  siti.markRead(1);
  await eventually(() => expect(ada.getSnapshot().peerReadSeq).toBeGreaterThanOrEqual(1));
  const listed = await call(world.url, "/api/cs/chats", { token: staff.token });
  expect(listed.body.chats).toMatchObject([{ id: chatId, unread: 0 }]);
  siti.send("Hello Ada");
  await eventually(() => expect(texts(ada)).toEqual(["Hello", "Hello Ada"]));
});
