import type { Attachment } from "~/files/shapes";
import { isChange, type Message } from "~/chat/shapes";
import { dayKey } from "./time";

/** A message that is not acknowledged yet. */
export interface Pending {
  clientId: string;
  content: string;
  attachments?: Attachment[];
  kind?: "note";
  state: "sending" | "failed";
  error?: string;
  at: string;
}

export type LogRow =
  | { kind: "day"; key: string; iso: string }
  | { kind: "event"; key: string; message: Message }
  | { kind: "unread"; key: string }
  | ({ kind: "message"; key: string; mine: boolean; first: boolean; last: boolean } & (
      { message: Message; pending?: undefined } | { message?: undefined; pending: Pending }
    ));

const GROUP_MS = 2 * 60_000;

/**
 * What to draw, in order: a line for each new day, quiet lines for what happened, and messages that know whether they
 * begin or end a run by one sender. A message keeps its key when it turns from pending to sent, so that it is not read out twice.
 */
export function logRows(
  messages: readonly Message[],
  pending: readonly Pending[],
  viewer: "customer" | "cs",
  timeZone: string,
  unreadFrom: number | null = null,
): LogRow[] {
  const rows: LogRow[] = [];
  let day = "";
  let run: { row: LogRow & { kind: "message" }; sender: string; at: number } | null = null;

  const add = (row: LogRow & { kind: "message" }, sender: string, iso: string) => {
    newDay(iso);
    const at = Date.parse(iso);
    if (run && run.sender === sender && at - run.at < GROUP_MS) {
      run.row.last = false;
      row.first = false;
    }
    rows.push(row);
    run = { row, sender, at };
  };
  const newDay = (iso: string) => {
    const key = dayKey(iso, timeZone);
    if (key === day) return;
    day = key;
    run = null;
    rows.push({ kind: "day", key: `day:${key}`, iso });
  };

  // One's own newest rows do not know their sender yet.
  const own = messages.findLast((m) => m.senderType === viewer && m.senderId !== null)?.senderId ?? null;
  for (const message of messages) {
    if (message.seq === unreadFrom) {
      newDay(message.createdAt);
      run = null;
      rows.push({ kind: "unread", key: "unread" });
    }
    if (isChange(message)) continue;
    if (message.messageType === "system") {
      newDay(message.createdAt);
      run = null;
      rows.push({ kind: "event", key: `seq:${message.seq}`, message });
      continue;
    }
    const mine = message.senderType === viewer;
    const key = `${message.senderType}:${message.clientId ?? message.seq}`;
    add(
      { kind: "message", key, mine, first: true, last: true, message },
      `${mine}:${message.senderId ?? (mine ? own : null)}:${message.note ?? false}`,
      message.createdAt,
    );
  }
  for (const waiting of pending) {
    const key = `${viewer}:${waiting.clientId}`;
    add(
      { kind: "message", key, mine: true, first: true, last: true, pending: waiting },
      `true:${own}:${waiting.kind === "note"}`,
      waiting.at,
    );
  }
  return rows;
}
