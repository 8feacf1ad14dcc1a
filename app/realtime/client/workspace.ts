import type { AgentStatus, ChatSummary } from "~/chat/shapes";
import { openConversation, type Conversation, type ConversationOptions } from "./conversation";
import { drop } from "./entries";
import {
  joined,
  leftMine,
  listReactions,
  ownRead,
  type ListNews,
  type Lists,
  type WorkspaceSnapshot,
} from "./list-reactions";
import { pollWhileBlocked } from "./poll-while-blocked";
import type { LiveSocket } from "./socket";
import { browserStorage, keysOf, type StorageLike } from "./storage";
import { createStore, type Readable } from "./store";
import { whenConnected } from "./when-connected";

export type { Lists, WorkspaceSnapshot } from "./list-reactions";

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
  /** Whether somebody accepted it here: nobody has to be told of it. */
  accepted(id: string): boolean;
  resolve(id: string): Promise<void>;
  /** Rejects with Refused that says why the colleague cannot take it. */
  transfer(id: string, toCsId: number, note: string): Promise<void>;
  /** Back to the head of the queue. */
  requeue(id: string): Promise<void>;
  /** Somebody is at the desk; said at most every 30 s however often it is called. */
  active(): void;
  setStatus(status: AgentStatus): Promise<void>;
  /** The same one for the same chat. Rows and positions from a loader are added when it is known already. */
  conversation(
    id: string,
    known?: Pick<ConversationOptions, "messages" | "peerReadSeq" | "chat" | "draft">,
  ): Conversation;
  close(): void;
}

const ACTIVITY_MS = 30_000;
/** Conversations that are kept open beyond the agent's own chats; the longest unused are closed first. */
const MOST_OTHERS = 20;

export function openWorkspace({ socket, initial, me, storage = browserStorage() }: WorkspaceOptions): Workspace {
  const store = createStore<WorkspaceSnapshot>({ ...initial, connection: socket.state, left: [] });
  const conversations = new Map<string, Conversation>();
  const now = store.getSnapshot;
  const taken = new Set<string>();
  let saidActive = -Infinity;

  const stops = [
    socket.onState((connection) => store.set({ connection })),
    pollWhileBlocked(socket, "cs:lists"),
    ...Object.entries(listReactions).map(([event, react]) =>
      socket.on(event, (data: ListNews) => store.set(react(data ?? {}, now()))),
    ),
    socket.on("cs:connected", sendLeftovers),
  ];
  sendLeftovers();

  function conversation(id: string, known?: Parameters<Workspace["conversation"]>[1]): Conversation {
    const open = conversations.get(id);
    if (open) {
      if (known) open.add(known.messages);
      conversations.delete(id);
      conversations.set(id, open);
      return open;
    }
    const summary = [...now().mine, ...now().queue].find((chat) => chat.id === id);
    const opened = openConversation({
      messages: known?.messages ?? [],
      peerReadSeq: known?.peerReadSeq ?? summary?.customerReadSeq,
      chat: known?.chat ?? summary,
      draft: known?.draft,
      socket,
      side: "cs",
      sessionId: id,
      owner: me,
      storage,
      onRead: (seq) => store.set(ownRead(id, seq, now())),
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
      // The news of it may come before the answer.
      taken.add(id);
      const answer = await whenConnected<{ chat?: ChatSummary } | undefined>(socket, "cs:accept_chat", {
        sessionId: id,
      }).catch((error: unknown) => {
        taken.delete(id);
        throw error;
      });
      if (answer?.chat) store.set(joined(answer.chat, now()));
    },
    accepted: (id) => taken.has(id),
    async resolve(id) {
      taken.delete(id);
      await whenConnected(socket, "cs:resolve_chat", { sessionId: id });
      store.set(leftMine(id, now()));
    },
    async transfer(id, toCsId, note) {
      taken.delete(id);
      await whenConnected(socket, "cs:transfer_chat", { sessionId: id, toCsId, note });
      store.set(leftMine(id, now()));
    },
    async requeue(id) {
      taken.delete(id);
      await whenConnected(socket, "cs:requeue_chat", { sessionId: id });
      // The lists come with the news: where it waits now is for the server to say.
      store.set({ mine: drop(now().mine, id) });
    },
    active() {
      if (socket.state !== "live" || socket.timings.now() - saidActive < ACTIVITY_MS) return;
      saidActive = socket.timings.now();
      socket.notify("cs:activity");
    },
    async setStatus(status) {
      await whenConnected(socket, "cs:set_status", { status });
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
