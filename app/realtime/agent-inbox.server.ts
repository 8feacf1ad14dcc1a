import { NotFound } from "~/chat/errors";
import { findChat } from "~/chat/find-chat.server";
import { myChats, queuedChats, waitingCount } from "~/chat/list-chats.server";
import { colleagues } from "~/people/colleagues.server";
import { myStatus } from "~/people/status.server";
import type { ChatSummary } from "~/chat/shapes";
import type { Connections } from "./connections.server";
import type { Connection } from "./connection.server";

export const QUEUE_SHOWN = 100;

/** The first frame of an agent's socket: everything the lists show. The socket follows the agent's chats from there on. */
export async function welcome(connection: Connection, connections: Connections) {
  const { actor } = connection;
  if (actor?.kind !== "staff") return;
  const [status, mine, queue, waiting, team] = await Promise.all([
    myStatus(actor),
    myChats(actor),
    queuedChats(QUEUE_SHOWN),
    waitingCount(),
    colleagues(),
  ]);
  for (const chat of mine) if (!connection.following.has(chat.id)) connection.follow(chat.id, chat.lastSeq, false);
  connection.send("cs:connected", {
    ...status,
    user: { id: actor.userId, name: actor.name, role: actor.role },
    mine,
    queue,
    waiting,
    colleagues: team,
  });
  // What came while we read was told before this frame, which knows nothing of it: from now on this is what they see.
  heldBy.set(connection, new Set(mine.map((chat) => chat.id)));
  await refreshInbox(actor.userId, connections);
}

/** Brings an agent's open sockets in line with the chats they hold now, whatever instance changed them. */
export async function refreshInbox(userId: number, connections: Connections) {
  // One whose first frame is still being made is brought in line after it.
  const sockets = connections.ofAgent(userId).filter((connection) => heldBy.has(connection));
  if (sockets.length === 0) return;
  const [mine, status] = await Promise.all([myChats({ userId }), myStatus({ userId })]);
  for (const connection of sockets) {
    for (const chat of mine) if (!holds(connection, chat.id)) gained(connection, chat);
    await dropLost(connection, mine);
    connection.send("status:updated", status);
  }
}

const heldBy = new WeakMap<Connection, Set<string>>();

const held = (connection: Connection) => heldBy.get(connection) ?? new Set<string>();

/** Whether the chat is among those that this socket's agent answers, as far as it has heard. */
export const holds = (connection: Connection, chatId: string) => held(connection).has(chatId);

function gained(connection: Connection, chat: ChatSummary) {
  held(connection).add(chat.id);
  followAsOwn(connection, chat);
  connection.send(chat.arrival === "transferred" ? "chat:transferred_in" : "chat:new_assigned", { chat });
}

/** From the row that made it theirs: what was said until we noticed is told too. Who read along has the rows up to a cursor of their own. */
export function followAsOwn(connection: Connection, { id, assignedSeq }: ChatSummary) {
  if (!connection.following.has(id)) connection.follow(id, assignedSeq, true);
}

/**
 * Ended chats stay followed, for the rating; one that waits again may be read by everybody until somebody has it; one that
 * went to somebody else is no longer theirs to see, which its log told already, unless it did so before they followed it.
 */
async function dropLost(connection: Connection, mine: ChatSummary[]) {
  const now = new Set(mine.map((c) => c.id));
  for (const chatId of held(connection)) {
    if (now.has(chatId)) continue;
    held(connection).delete(chatId);
    if (!connection.following.has(chatId)) continue;
    const chat = await readable(connection, chatId);
    if (chat?.endedAt) continue;
    if (!chat) connection.unfollow(chatId);
    connection.send("chat:transferred_out", { sessionId: chatId });
    if (chat?.status === "waiting") connection.send("chat:new", { chat });
  }
}

async function readable({ actor }: Connection, chatId: string): Promise<ChatSummary | null> {
  if (actor?.kind !== "staff") return null;
  return findChat(actor, chatId).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
}
