import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import { openConversation, type Conversation } from "../../app/realtime/client/conversation.ts";
import { openSocket, type LiveSocket } from "../../app/realtime/client/socket.ts";
import type { SocketClass } from "../../app/realtime/client/socket-like.ts";
import { memoryStorage, type StorageLike } from "../../app/realtime/client/storage.ts";
import { openWorkspace } from "../../app/realtime/client/workspace.ts";
import { watchScreen, type Recorder } from "./recorder.ts";
import type { Observer } from "./history.ts";
import type { Door, World } from "./world.ts";

/** The client's own waits, shortened where a run would only wait. */
const TIMINGS = {
  backoffBaseMs: 100,
  backoffCapMs: 1_500,
  requestTimeoutMs: 4_000,
  openTimeoutMs: 2_000,
  pollPauseMs: 500,
};

export interface Person {
  token: string;
  name: string;
  door: Door;
}

/** One open page of a customer or an agent: the browser's own client module, without the browser. */
export interface Page {
  id: string;
  observer: Observer;
  readonly state: LiveSocket["state"];
  /** The chats that this page shows and must show completely. */
  open(): Conversation[];
  /** Also those that it no longer shows, whose unsent texts it still keeps. */
  known(): Conversation[];
  say(chat: string, text: string): void;
  /** The tab is closed; what stood there is noted. */
  close(): void;
  /** The same, when it is noted already. */
  leave(): void;
}

export interface CustomerPage extends Page {
  chat: string;
  person: Person;
  storage: StorageLike;
}

export interface AgentPage extends Page {
  userId: number;
  name: string;
  token: string;
  accept(chat: string): Promise<void>;
  resolve(chat: string): Promise<void>;
  setStatus(status: "online" | "busy" | "offline"): Promise<void>;
}

export function openCustomerPage(
  world: World,
  record: Recorder,
  person: Person & { chat: string },
  { storage = memoryStorage(), screen = "" } = {},
): CustomerPage {
  const id = `customer:${person.name}${screen}`;
  const observer = record.observer(id, "customer");
  const socket = record.listenIn(dial(world, person, "/ws/chat"), "customer");
  const conversation = openConversation({ socket, side: "customer", sessionId: person.chat, messages: [], storage });
  watch(conversation, observer, record, "customer");
  const leave = () => (conversation.close(), socket.close());
  return {
    id,
    chat: person.chat,
    person,
    storage,
    observer,
    get state() {
      return socket.state;
    },
    open: () => [conversation],
    known: () => [conversation],
    say: (_chat, text) => say(conversation, record, text, "customer", `customer:${person.name}`),
    leave,
    close() {
      observer.rendered = shownIn(conversation);
      leave();
    },
  };
}

export function openAgentPage(
  world: World,
  record: Recorder,
  person: Person & { userId: number },
  { storage = memoryStorage(), screen = "" } = {},
): AgentPage {
  const id = `cs:${person.userId}`;
  const observer = record.observer(id + screen, "cs");
  const here = { agent: id, from: Date.now(), to: null as number | null };
  record.presence.push(here);
  const socket = record.listenIn(dial(world, person, "/ws/cs"), "cs");
  const initial = { status: "offline" as const, activeChats: 0, maxChats: 0, mine: [], queue: [], colleagues: [] };
  const workspace = openWorkspace({ socket, initial, me: person.userId, storage });
  const watched = new Map<string, Conversation>();
  const look = () => {
    for (const { id: chat } of workspace.getSnapshot().mine) {
      const conversation = workspace.conversation(chat);
      if (watched.get(chat) !== conversation) watch(conversation, observer, record, "cs");
      watched.set(chat, conversation);
    }
  };
  workspace.subscribe(look);
  const open = () => workspace.getSnapshot().mine.map(({ id: chat }) => workspace.conversation(chat));
  const leave = () => {
    here.to = Date.now();
    workspace.close();
    socket.close();
  };
  return {
    id: id + screen,
    known: () => [...watched.values()],
    userId: person.userId,
    name: person.name,
    token: person.token,
    observer,
    get state() {
      return socket.state;
    },
    open,
    say: (chat, text) => say(workspace.conversation(chat), record, text, "cs", id),
    accept: (chat) => workspace.accept(chat),
    resolve: (chat) => workspace.resolve(chat),
    setStatus: (status) => untilDone(() => workspace.setStatus(status)),
    leave,
    close() {
      observer.rendered = open().flatMap(shownIn);
      leave();
    },
  };
}

function dial(world: World, person: Person, path: string): LiveSocket {
  const url = world.http(person.door).replace("http", "ws") + path;
  const SocketClass = WebSocket as unknown as SocketClass;
  return openSocket({ ...TIMINGS, url, token: person.token, WebSocket: SocketClass, random: world.random });
}

function watch(conversation: Conversation, observer: Observer, record: Recorder, side: "customer" | "cs") {
  const seen = watchScreen(observer, conversation.sessionId, side);
  const look = () => {
    const { messages, pending } = conversation.getSnapshot();
    seen(messages);
    for (const one of pending) if (one.state === "failed") record.failed.add(one.content);
  };
  conversation.subscribe(look);
  look();
}

/** Every text is its own, so that what became of it can be found under any name. */
function say(conversation: Conversation, record: Recorder, text: string, side: "customer" | "cs", sender: string) {
  const attempt = { chat: conversation.sessionId, side, sender, clientId: `unsent-${text}`, text, at: Date.now() };
  record.attempt(attempt);
  conversation.send(text);
  const kept = conversation.getSnapshot().pending.find((one) => one.content === text);
  if (kept) attempt.clientId = kept.clientId;
}

export const shownIn = (conversation: Conversation) =>
  conversation.getSnapshot().messages.map(({ seq, senderType, clientId, content }) => ({
    chat: conversation.sessionId,
    seq,
    side: senderType,
    clientId,
    text: content,
  }));

export async function untilDone<T>(work: () => Promise<T>, patienceMs = 15_000): Promise<T> {
  for (const deadline = Date.now() + patienceMs; ;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(150);
    }
  }
}
