import type { Signal } from "~/chat/news";
import { publish } from "~/chat/publish.server";
import type { Connection } from "./connection.server";
import type { Connections } from "./connections.server";

/** A page that is loaded again is back within this. */
const RELOAD_MS = 2_000;
/** Who leaves within this is looked for together: thousands may. */
const GATHER_MS = 250;

/** The agent sees that the customer has closed the last of their pages, or is back; the chat goes on. */
export function watchCustomers(connections: Connections) {
  let leaving: Set<string> | null = null;

  function gather(): Set<string> {
    const batch = new Set<string>();
    setTimeout(() => (leaving = null), GATHER_MS).unref();
    setTimeout(() => tellGone(batch), RELOAD_MS).unref();
    return batch;
  }

  function tellGone(chats: Set<string>) {
    const here = chatsHere(connections);
    const gone = [...chats].filter((chatId) => !here.has(chatId));
    if (gone.length > 0) publish({ signals: gone.map((chatId) => presence(chatId, false)) });
  }

  return {
    left(c: Connection) {
      if (c.door !== "customer" || c.following.size === 0) return;
      leaving ??= gather();
      for (const chatId of c.following.keys()) leaving.add(chatId);
    },

    /** What another instance takes for the last page may not be the last: whoever has one here says so. */
    corrected(signals: Signal[]): Signal[] {
      if (!signals.some(leaves)) return signals;
      const here = chatsHere(connections);
      const wrong = new Set(signals.filter((s) => leaves(s) && here.has(s.sessionId)));
      if (wrong.size > 0) publish({ signals: [...wrong].map(({ sessionId }) => presence(sessionId, true)) });
      return signals.filter((s) => !wrong.has(s));
    },
  };
}

/** Chats that a customer has open in a page that is connected here. */
function chatsHere(connections: Connections): Set<string> {
  const here = new Set<string>();
  for (const c of connections) {
    if (c.door !== "customer" || c.socket.readyState !== c.socket.OPEN) continue;
    for (const chatId of c.following.keys()) here.add(chatId);
  }
  return here;
}

export const presence = (sessionId: string, isOnline: boolean): Signal => ({
  sessionId,
  kind: "presence",
  side: "customer",
  userId: null,
  isOnline,
});

const leaves = ({ kind, side, isOnline }: Signal) => kind === "presence" && side === "customer" && isOnline === false;
