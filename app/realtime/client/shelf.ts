import type { Attachment } from "~/files/shapes";
import { keep, keysOf, watchStorage, type StorageLike } from "./storage";

export interface PendingMessage {
  clientId: string;
  content: string;
  /** Uploaded already: they go with it. */
  attachments?: Attachment[];
  /** A line for colleagues. Absent: a message. */
  kind?: "note";
  state: "sending" | "failed";
  /** What the server said when it refused. */
  error?: string;
  /** Its code: one of app/chat/errors.ts. */
  code?: string;
  at: string;
  /** Grows with each message on the shelf, whatever the clock does. */
  order: number;
  /** The newest message that the sender had seen, when a send should be refused if there is a newer one. */
  expectedSeq?: number;
}

/** Messages in order, each under its own key: tabs that write at the same moment cannot overwrite each other's. */
export function shelve(storage: StorageLike, name: string, onForeignChange: () => void) {
  const prefix = `${name}:`;
  const messages = new Map<string, PendingMessage>();
  let ordered: PendingMessage[] = [];
  for (const key of keysOf(storage, prefix)) read(key);
  sort();

  const stop = watchStorage(storage, (key) => {
    if (!key.startsWith(prefix)) return;
    const before = messages.get(key.slice(prefix.length));
    const after = read(key);
    if (!before && !after) return;
    if (before && after && before.order === after.order && before.state === after.state) return;
    sort();
    onForeignChange();
  });

  function read(key: string): PendingMessage | undefined {
    const clientId = key.slice(prefix.length);
    const message = parse(storage.getItem(key));
    if (message) messages.set(clientId, message);
    else messages.delete(clientId);
    return message;
  }

  function sort(): void {
    ordered = [...messages.values()].sort((a, b) => a.order - b.order || (a.clientId < b.clientId ? -1 : 1));
  }

  return {
    all: () => ordered,
    has: (clientId: string) => messages.has(clientId),
    get: (clientId: string) => messages.get(clientId),
    next: () => ordered.find(({ state }) => state === "sending"),
    /** Time and place of a message that is added now. */
    endOfLine(): Pick<PendingMessage, "at" | "order"> {
      const now = Date.now();
      return { at: new Date(now).toISOString(), order: Math.max(now, (ordered.at(-1)?.order ?? 0) + 1) };
    },
    put(message: PendingMessage): void {
      messages.set(message.clientId, message);
      sort();
      keep(storage, prefix + message.clientId, JSON.stringify(message));
    },
    remove(clientId: string): boolean {
      if (!messages.delete(clientId)) return false;
      sort();
      keep(storage, prefix + clientId, null);
      return true;
    },
    close: stop,
  };
}

function parse(text: string | null): PendingMessage | undefined {
  try {
    const message = text === null ? undefined : (JSON.parse(text) as PendingMessage);
    return message && typeof message.clientId === "string" && typeof message.content === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
