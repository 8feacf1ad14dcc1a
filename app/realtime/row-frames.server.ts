import { toMessage, type MessageRow } from "~/chat/message-row.server";
import type { MessageEvent } from "~/chat/shapes";
import type { Door } from "./connection.server";
import { textFrame } from "./text-frame";

interface Written {
  message: Buffer;
  customer?: Buffer[];
  staff?: Buffer[];
}

const written = new WeakMap<MessageRow, Written>();

/**
 * The frames that tell a log row to one side: the row itself, then what it means (assigned, ended). Meaning travels with the
 * row, so it is as reliable as the row is. Written once for all sockets.
 */
export function rowFrames(row: MessageRow, door: Door): Buffer[] {
  const known = written.get(row) ?? { message: write("chat:message", messageOf(row)) };
  written.set(row, known);
  return door === "customer"
    ? (known.customer ??= withMeaning(row, known.message, toCustomer))
    : (known.staff ??= withMeaning(row, known.message, toStaff));
}

type Meaning = { event: string; data: object } | null;

const messageOf = (row: MessageRow) => ({ sessionId: row.session_id, message: toMessage(row) });

function withMeaning(row: MessageRow, message: Buffer, meaning: (chatId: string, event: MessageEvent) => Meaning) {
  const more = row.event ? meaning(row.session_id, row.event as MessageEvent) : null;
  return more ? [message, write(more.event, more.data)] : [message];
}

const write = (event: string, data: object) =>
  textFrame(JSON.stringify({ event, data, timestamp: new Date().toISOString() }));

function toCustomer(sessionId: string, event: MessageEvent): Meaning {
  switch (event.kind) {
    case "assigned":
    case "transferred":
      return {
        event: "chat:assigned",
        data: { sessionId, cs: { id: event.csId, name: event.csName, avatarUrl: null } },
      };
    case "ended":
      return { event: "chat:ended", data: { sessionId, reason: event.reason } };
    default:
      return null;
  }
}

function toStaff(sessionId: string, event: MessageEvent): Meaning {
  return event.kind === "ended" ? { event: "chat:resolved", data: { sessionId, reason: event.reason } } : null;
}
