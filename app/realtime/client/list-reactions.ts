import type { AgentStatus, ChatSummary, Colleague, Message } from "~/chat/shapes";
import { change, drop, put, reuse } from "./entries";
import type { LiveSocket } from "./socket";

export interface Lists {
  status: AgentStatus;
  activeChats: number;
  maxChats: number;
  mine: ChatSummary[];
  queue: ChatSummary[];
  colleagues: Colleague[];
  /** How many wait in all: the queue shows the first of them. */
  waiting?: number;
}

export interface WorkspaceSnapshot extends Lists {
  connection: LiveSocket["state"];
  /** Chats whose customer closed the page, until they are heard of again. */
  left: readonly string[];
}

export interface ListNews extends Partial<Lists> {
  sessionId?: string;
  chat?: ChatSummary;
  message?: Message;
  seq?: number;
  side?: "customer" | "cs";
  isOnline?: boolean;
}

type Now = WorkspaceSnapshot;
type Change = Partial<WorkspaceSnapshot>;
type Reaction = (news: ListNews, now: Now) => Change;

export function joined(chat: ChatSummary, { mine, queue }: Now): Change {
  return withMine(put(mine, chat), drop(queue, chat.id));
}

export function leftMine(id: string, { mine, queue }: Now): Change {
  return withMine(drop(mine, id), drop(queue, id));
}

export function ownRead(id: string, upTo: number, now: Now): Change {
  return inLists(id, now, (chat) => (upTo >= chat.lastSeq ? { unread: 0 } : {}));
}

const join: Reaction = ({ chat }, now) => (chat ? joined(chat, now) : {});
const leave: Reaction = ({ sessionId = "" }, now) => leftMine(sessionId, now);
const here: Reaction = ({ sessionId }, { left }) =>
  left.some((id) => id === sessionId) ? { left: left.filter((id) => id !== sessionId) } : {};
const gone: Reaction = ({ sessionId = "" }, { left }) =>
  left.includes(sessionId) ? {} : { left: [...left, sessionId] };

/** What an event changes in the agent's lists. Entries that it does not concern stay the same objects. */
export const listReactions: Record<string, Reaction> = {
  "cs:connected": (all, now) => ({ ...counts(all, now), ...lists(all, now) }),
  "queue:update": lists,
  "status:updated": counts,
  "chat:new": ({ chat }, { queue }) => (chat ? { queue: put(queue, chat) } : {}),
  "chat:new_assigned": join,
  "chat:transferred_in": join,
  "chat:transferred_out": leave,
  "chat:resolved": leave,
  "chat:customer_typing": here,
  "chat:customer_left": (news, now) => (news.isOnline ? here(news, now) : gone(news, now)),
  "chat:message": ({ sessionId = "", message }, now) =>
    message
      ? {
          ...inLists(sessionId, now, (chat) => counted(chat, message)),
          ...(message.senderType === "customer" && here({ sessionId }, now)),
        }
      : {},
  "chat:read": ({ sessionId = "", seq = 0, side }, now) =>
    side === "cs"
      ? ownRead(sessionId, seq, now)
      : inLists(sessionId, now, (chat) => ({ customerReadSeq: Math.max(chat.customerReadSeq, seq) })),
};

function lists({ mine, queue, colleagues, waiting }: ListNews, now: Now): Change {
  return {
    waiting: waiting ?? (queue ? queue.length : now.waiting),
    mine: reuse(now.mine, mine ?? stillMine(now.mine, queue)),
    queue: reuse(now.queue, queue),
    colleagues: reuse(now.colleagues, colleagues),
  };
}

/** A chat that was given back stands in the queue. An older queue that crosses an accept knows less of the chat's log. */
function stillMine(mine: ChatSummary[], queue: ChatSummary[] = []): ChatSummary[] {
  const back = new Map(queue.map(({ id, lastSeq }) => [id, lastSeq]));
  return mine.filter(({ id, lastSeq }) => (back.get(id) ?? -1) < lastSeq);
}

function counts({ status, activeChats, maxChats }: ListNews, now: Now): Change {
  return {
    status: status ?? now.status,
    activeChats: activeChats ?? now.activeChats,
    maxChats: maxChats ?? now.maxChats,
  };
}

function withMine(mine: ChatSummary[], queue: ChatSummary[]): Change {
  return { mine, queue, activeChats: mine.length };
}

function inLists(id: string, { mine, queue }: Now, patch: (chat: ChatSummary) => Partial<ChatSummary>): Change {
  return { mine: change(mine, id, patch), queue: change(queue, id, patch) };
}

/** A row of the log, in the line of its chat. Rows that the line counts already change nothing; a note is no answer. */
export function counted(chat: ChatSummary, message: Message): Partial<ChatSummary> {
  if (message.seq <= chat.lastSeq) return {};
  if (message.senderType === "system" || message.note) return { lastSeq: message.seq };
  const fromCustomer = message.senderType === "customer";
  return {
    lastSeq: message.seq,
    lastMessageAt: message.createdAt,
    preview: { senderType: message.senderType, content: message.content || (message.attachments[0]?.name ?? "") },
    unread: chat.unread + (fromCustomer ? 1 : 0),
    waitingSince: fromCustomer ? (chat.waitingSince ?? message.createdAt) : null,
  };
}
