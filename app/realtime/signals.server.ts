import { publish } from "~/chat/publish.server";
import type { Connection } from "./connection.server";
import type { Signal } from "~/chat/news";
import type { Connections } from "./connections.server";

/** Typing and read marks: to the other side of the chat, never stored; a lost one does no harm. */
export function sendSignals(signals: Signal[], connections: Connections) {
  for (const signal of signals) {
    const { sessionId, side, userId, seq, isTyping, preview } = signal;
    for (const c of connections) {
      if (!c.following.has(sessionId)) continue;
      const fromSelf =
        side === "customer" ? c.door === "customer" : c.actor?.kind === "staff" && c.actor.userId === userId;
      // What an agent read in one tab is no longer new in their others.
      if (fromSelf && !(signal.kind === "read" && side === "cs")) continue;
      if (signal.kind === "viewing") {
        // Which agents look is nothing for the customer, and an admin's board asks nobody to answer.
        if (c.door === "cs") c.send("chat:viewing", { sessionId, userId, name: signal.name, isHere: signal.isOnline });
        continue;
      }
      if (signal.kind === "presence") tellPresence(c, signal);
      else if (signal.kind === "read") c.send("chat:read", { sessionId, seq, side });
      else
        c.send(side === "customer" ? "chat:customer_typing" : "chat:cs_typing", {
          sessionId,
          isTyping,
          userId,
          preview,
        });
    }
  }
}

function tellPresence(c: Connection, { sessionId, side, isOnline }: Signal) {
  if (side === "cs") c.send("chat:agent_presence", { sessionId, isOnline });
  else c.send("chat:customer_left", { sessionId, isOnline });
}

/** To the colleagues who have the same chat open. */
export function tellViewing({ actor }: Connection, sessionId: string, isOnline: boolean) {
  if (actor?.kind !== "staff") return;
  const { userId, name } = actor;
  publish({ signals: [{ sessionId, kind: "viewing", side: "cs", userId, name, isOnline }] });
}
