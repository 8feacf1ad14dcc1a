import { toMessage, type MessageRow } from "~/chat/message-row.server";
import type { MessageEvent } from "~/chat/shapes";
import type { Door } from "./connection.server";

const written = new WeakMap<MessageRow, { customer?: string[]; staff?: string[] }>();

/**
 * The frames that tell a log row to one side: the row itself, then what it means (assigned, ended). Meaning travels with the
 * row, so it is as reliable as the row is. Written once for all sockets.
 */
export function rowFrames(row: MessageRow, door: Door): string[] {
  const known = written.get(row) ?? {};
  written.set(row, known);
  return door === "customer" ? (known.customer ??= write(row, toCustomer)) : (known.staff ??= write(row, toStaff));
}

type Meaning = { event: string; data: object } | null;

function write(row: MessageRow, meaning: (chatId: string, event: MessageEvent) => Meaning): string[] {
  const timestamp = new Date().toISOString();
  const data = { sessionId: row.session_id, message: toMessage(row) };
  const more = row.event ? meaning(row.session_id, row.event as MessageEvent) : null;
  return [{ event: "chat:message", data, timestamp }, ...(more ? [{ ...more, timestamp }] : [])].map((f) =>
    JSON.stringify(f),
  );
}

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
