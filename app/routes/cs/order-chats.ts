import type { ChatSummary } from "~/chat/shapes";

/** The head of a long queue is what can be served; the page and the socket send no more of it. */
export const QUEUE_SHOWN = 100;

type Ordered = Pick<ChatSummary, "id" | "waitingSince" | "lastMessageAt" | "queuedAt" | "returned">;

/**
 * The agent's chats in the order they should be answered: customers who wait for an answer first, the one who waits
 * longest on top, then the answered ones, newest first.
 *
 * Newest-first lists reward whoever writes most and bury whoever waits in silence. Here a new question goes below
 * the older ones, so nothing that arrives pushes away the row that the pointer is moving to.
 */
export function orderMine<C extends Ordered>(chats: readonly C[]): C[] {
  return [...chats].sort(
    (a, b) =>
      Number(b.waitingSince !== null) - Number(a.waitingSince !== null) ||
      (a.waitingSince !== null && b.waitingSince !== null
        ? compare(a.waitingSince, b.waitingSince)
        : compare(b.lastMessageAt, a.lastMessageAt)) ||
      compare(a.id, b.id),
  );
}

/** The queue in the order it will be served. */
export function orderQueue<C extends Ordered>(chats: readonly C[]): C[] {
  return [...chats].sort(
    (a, b) =>
      Number(b.returned ?? false) - Number(a.returned ?? false) ||
      compare(a.queuedAt, b.queuedAt) ||
      compare(a.id, b.id),
  );
}

/** The chat before (-1) or after (1) the open one; from nowhere, the first or the last. The list is a ring. */
export function neighbour<C extends Ordered>(
  chats: readonly C[],
  openId: string | undefined,
  step: 1 | -1,
): C | undefined {
  if (chats.length === 0) return undefined;
  const at = chats.findIndex((chat) => chat.id === openId);
  if (at === -1) return step === 1 ? chats[0] : chats[chats.length - 1];
  return chats[(at + step + chats.length) % chats.length];
}

function compare(a: string, b: string) {
  return a < b ? -1 : a > b ? 1 : 0;
}
