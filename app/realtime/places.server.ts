import { setImmediate as breath } from "node:timers/promises";
import { estimateAt, pickUpRate, teamThere, waitingIds } from "~/chat/queue-places.server";
import type { Estimate } from "~/chat/shapes";
import { coalesce } from "./coalesce";
import type { Connections } from "./connections.server";
import type { Connection } from "./connection.server";

/**
 * One change at the head of the queue moves everybody behind it. Who is next hears of it at once; who is far from it, in
 * a while: so many of the first, so often at most.
 */
const TIERS = [
  { first: 20, gapMs: 100 },
  { first: 200, gapMs: 1_000 },
  { first: null, gapMs: 5_000 },
];
const RATE_AGE_MS = 5_000;
/** Sends between two looks at what else there is to do. */
const AT_A_TIME = 50;

interface Told {
  /** Which look at the queue it comes from. */
  look: number;
  text: string;
}

/** Tells the customers who wait, and are connected here, their places: those whose place has changed since they were told. */
export function startPlaces(connections: Connections, onError: (error: unknown) => void) {
  const told = new WeakMap<Connection, Told>();
  const rate = keptFor(RATE_AGE_MS, pickUpRate);
  let looks = 0;

  async function tell(first: number | null) {
    const waiting = customersByChat(connections);
    if (waiting.size === 0) return;
    const look = ++looks;
    const [ids, team, perSecond] = await Promise.all([waitingIds(first), teamThere(), rate()]);
    let sent = 0;
    for (const [i, id] of ids.entries()) {
      const estimate = estimateAt(i + 1, team, perSecond);
      const place = { sessionId: id, position: i + 1, estimate, online: team.online };
      const text = `${id} ${i + 1} ${team.online} ${inMinutes(estimate)}`;
      for (const c of waiting.get(id) ?? []) {
        const before = told.get(c);
        if (before && (before.look > look || before.text === text)) continue;
        told.set(c, { look, text });
        c.send("chat:queue_position", place);
        if (++sent % AT_A_TIME === 0) await breath();
      }
    }
  }

  const tiers = TIERS.map(({ first, gapMs }) => coalesce(() => tell(first), gapMs, onError));
  return { changed: () => tiers.forEach((tier) => tier()) };
}

function customersByChat(connections: Connections) {
  const byChat = new Map<string, Connection[]>();
  for (const c of connections) {
    if (c.door !== "customer") continue;
    for (const chatId of c.following.keys()) byChat.set(chatId, [...(byChat.get(chatId) ?? []), c]);
  }
  return byChat;
}

/** As precise as it is shown. */
const inMinutes = (estimate: Estimate | null) =>
  estimate && `${Math.round(estimate.from / 60)}-${estimate.to <= 60 ? 0 : Math.round(estimate.to / 60)}`;

function keptFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let kept: { value: T; at: number } | null = null;
  return async () => {
    if (!kept || performance.now() - kept.at > ms) kept = { value: await read(), at: performance.now() };
    return kept.value;
  };
}
