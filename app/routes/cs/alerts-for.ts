import type { ChatSummary } from "~/chat/shapes";

export type AlertEvent = "chat" | "message" | "queue";

export interface Alert {
  event: AlertEvent;
  chat: ChatSummary;
}

interface Seen {
  mine: readonly ChatSummary[];
  queue: readonly ChatSummary[];
}

/** What has happened between two looks at the lists that somebody should hear of; `inFront`: the chat that is looked at. */
export function alertsFor(before: Seen, after: Seen, inFront: string | null): Alert[] {
  const known = new Map(before.mine.map((chat) => [chat.id, chat]));
  const waited = new Set(before.queue.map(({ id }) => id));
  const alerts: Alert[] = [];
  for (const chat of after.mine) {
    if (chat.id === inFront) continue;
    const old = known.get(chat.id);
    if (!old) alerts.push({ event: "chat", chat });
    else if (chat.unread > old.unread) alerts.push({ event: "message", chat });
  }
  for (const chat of after.queue) {
    if (!waited.has(chat.id) && !known.has(chat.id)) alerts.push({ event: "queue", chat });
  }
  return alerts;
}
