import type { AgentStatus, ChatSummary, Colleague, Message } from "~/chat/shapes";
import { change, counted, drop, put, reuse, type Lists } from "./chat-lists";
import { openConversation, type Conversation, type ConversationOptions } from "./conversation";
import { pollWhileBlocked } from "./poll-while-blocked";
import type { LiveSocket } from "./socket";
import { browserStorage, keysOf, type StorageLike } from "./storage";
import { createStore, type Readable } from "./store";

export interface WorkspaceSnapshot extends Lists {
  connection: LiveSocket["state"];
  /** Chats whose customer closed the page, until they are heard of again. */
  left: readonly string[];
}

export interface WorkspaceOptions {
  socket: LiveSocket;
  /** What `cs:connected` says too, from the page's loader. */
  initial: Lists;
  /** The agent's own id. */
  me?: number;
  storage?: StorageLike;
}

export interface Workspace extends Readable<WorkspaceSnapshot> {
  /** Rejects with Refused (CONFLICT: somebody else took it) or Disconnected. */
  accept(id: string): Promise<void>;
  resolve(id: string): Promise<void>;
  setStatus(status: AgentStatus): Promise<void>;
  /** The same one for the same chat. Rows and positions from a loader are added when it is known already. */
  conversation(id: string, known?: Pick<ConversationOptions, "messages" | "peerReadSeq" | "chat">): Conversation;
  close(): void;
}

/** Conversations that are kept open beyond the agent's own chats. */
const MOST_OTHERS = 20;

export function openWorkspace({ socket, initial, me, storage = browserStorage() }: WorkspaceOptions): Workspace {
  const store = createStore<WorkspaceSnapshot>({ ...initial, connection: socket.state, left: [] });
  const conversations = new Map<string, Conversation>();
  const now = store.getSnapshot;

  const join = ({ chat }: { chat: ChatSummary }) => setMine(put(now().mine, chat), drop(now().queue, chat.id));
  const leave = ({ sessionId }: { sessionId: string }) =>
    setMine(drop(now().mine, sessionId), drop(now().queue, sessionId));

  const stops = [
    socket.onState((connection) => store.set({ connection })),
    pollWhileBlocked(socket, "cs:lists"),
    socket.on("cs:connected", (all: Lists) => {
      store.set({
        status: all.status,
        activeChats: all.activeChats,
        maxChats: all.maxChats,
        mine: reuse(now().mine, all.mine),
        queue: reuse(now().queue, all.queue),
        colleagues: reuse(now().colleagues, all.colleagues),
      });
      sendLeftovers();
    }),
    socket.on("chat:new", ({ chat }: { chat?: ChatSummary }) => chat && store.set({ queue: put(now().queue, chat) })),
    socket.on("chat:new_assigned", join),
    socket.on("chat:transferred_in", join),
    socket.on("chat:transferred_out", leave),
    socket.on("chat:resolved", leave),
    socket.on("queue:update", ({ queue, colleagues }: Partial<Lists>) =>
      store.set({ queue: reuse(now().queue, queue), colleagues: reuse(now().colleagues, colleagues) }),
    ),
    socket.on("chat:message", ({ sessionId, message }: { sessionId: string; message: Message }) => {
      changeChat(sessionId, (chat) => counted(chat, message));
      if (message.senderType === "customer") setLeft(sessionId, false);
    }),
    socket.on("chat:read", ({ sessionId, seq, by }: { sessionId: string; seq: number; by?: string }) =>
      changeChat(sessionId, (chat) =>
        by === "cs" ? readUpTo(chat, seq) : { customerReadSeq: Math.max(chat.customerReadSeq, seq) },
      ),
    ),
    socket.on("chat:customer_left", ({ sessionId }: { sessionId: string }) => setLeft(sessionId, true)),
    socket.on("chat:customer_typing", ({ sessionId }: { sessionId: string }) => setLeft(sessionId, false)),
    socket.on("status:updated", ({ status, activeChats, maxChats }: Partial<Lists>) =>
      store.set({
        status: status ?? now().status,
        activeChats: activeChats ?? now().activeChats,
        maxChats: maxChats ?? now().maxChats,
      }),
    ),
    socket.on("cs:status_changed", (data: Partial<Colleague> & { csId?: number; colleague?: Colleague }) => {
      const { csId, colleague, ...patch } = data;
      const id = csId ?? patch.id ?? -1;
      store.set({
        colleagues: colleague
          ? put(now().colleagues, colleague)
          : change(now().colleagues, id, () => ({ ...patch, id })),
      });
    }),
  ];
  sendLeftovers();

  function setMine(mine: ChatSummary[], queue: ChatSummary[]): void {
    store.set({ mine, queue, activeChats: mine.length });
  }

  function changeChat(id: string, patch: (chat: ChatSummary) => Partial<ChatSummary>): void {
    store.set({ mine: change(now().mine, id, patch), queue: change(now().queue, id, patch) });
  }

  function setLeft(id: string, gone: boolean): void {
    if (now().left.includes(id) === gone) return;
    store.set({ left: gone ? [...now().left, id] : now().left.filter((one) => one !== id) });
  }

  function conversation(id: string, known?: Parameters<Workspace["conversation"]>[1]): Conversation {
    const open = conversations.get(id);
    if (open) {
      if (known) open.add(known.messages);
      return open;
    }
    const summary = [...now().mine, ...now().queue].find((chat) => chat.id === id);
    const opened = openConversation({
      messages: [],
      peerReadSeq: summary?.customerReadSeq,
      chat: summary,
      ...known,
      socket,
      side: "cs",
      sessionId: id,
      owner: me,
      storage,
      onRead: (seq) => changeChat(id, (chat) => readUpTo(chat, seq)),
    });
    conversations.set(id, opened);
    closeOldest();
    return opened;
  }

  function closeOldest(): void {
    const isMine = (id: string) => now().mine.some((chat) => chat.id === id);
    const others = [...conversations].filter(([id, one]) => !isMine(id) && one.getSnapshot().pending.length === 0);
    for (const [id, one] of others.slice(0, -MOST_OTHERS)) {
      one.close();
      conversations.delete(id);
    }
  }

  /** What was written before a reload goes out even when its chat is not looked at. */
  function sendLeftovers(): void {
    for (const { id } of now().mine) {
      const name = me === undefined ? id : `${me}:${id}`;
      if (keysOf(storage, `heradesk:outbox:cs:${name}:`).length > 0) conversation(id);
    }
  }

  return {
    getSnapshot: now,
    subscribe: store.subscribe,
    async accept(id) {
      const answer = await socket.request<{ chat?: ChatSummary } | undefined>("cs:accept_chat", { sessionId: id });
      if (answer?.chat) join({ chat: answer.chat });
    },
    async resolve(id) {
      await socket.request("cs:resolve_chat", { sessionId: id });
      leave({ sessionId: id });
    },
    async setStatus(status) {
      await socket.request("cs:set_status", { status });
      store.set({ status });
    },
    conversation,
    close() {
      for (const stop of stops) stop();
      for (const one of conversations.values()) one.close();
      conversations.clear();
    },
  };
}

function readUpTo(chat: ChatSummary, seq: number): Partial<ChatSummary> {
  return seq >= chat.lastSeq ? { unread: 0 } : {};
}
