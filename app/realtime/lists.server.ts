import { board } from "~/chat/board.server";
import { queuedChats } from "~/chat/list-chats.server";
import { queuePlaces } from "~/chat/queue-places.server";
import type { AgentStatus } from "~/chat/shapes";
import { colleagues } from "~/people/colleagues.server";
import { log } from "~/log.server";
import { QUEUE_SHOWN, refreshInbox } from "./agent-inbox.server";
import { coalesce } from "./coalesce";
import type { Connections } from "./connections.server";

const QUEUE_GAP_MS = 100;
const STATS_GAP_MS = 500;

/**
 * What is computed from the whole and shown to many: the queue, places in it, colleagues, the board. News only says "look again";
 * looking is done once for all sockets here, and only when there are any.
 */
export function startLists(
  connections: Connections,
  customersWaiting: () => Map<string, { send(place: object): void }[]>,
) {
  const failed = (error: unknown) => log().warn({ error: String(error) }, "could not refresh the lists");
  const inboxes = new Set<number>();
  let knownQueue: Set<string> | null = null;
  const knownStatus = new Map<number, AgentStatus>();

  const refreshInboxes = coalesce(
    async () => {
      const ids = [...inboxes];
      inboxes.clear();
      for (const id of ids) await refreshInbox(id, connections);
    },
    0,
    failed,
  );

  const refreshPlaces = coalesce(
    async () => {
      const waiting = customersWaiting();
      if (waiting.size === 0) return;
      for (const [chatId, place] of await queuePlaces([...waiting.keys()])) {
        waiting.get(chatId)?.forEach((c) => c.send({ sessionId: chatId, ...place }));
      }
    },
    QUEUE_GAP_MS,
    failed,
  );

  const refreshQueue = coalesce(
    async () => {
      if (connections.at("cs").length + connections.at("admin").length === 0) return;
      const [queue, team] = await Promise.all([queuedChats(), colleagues()]);
      const before = knownQueue;
      knownQueue = new Set(queue.map((c) => c.id));
      for (const chat of queue.filter((c) => before && !before.has(c.id))) {
        connections.broadcast("cs", "chat:new", { chat });
        connections.broadcast("admin", "chat:created", { chat });
      }
      for (const one of team) {
        if (knownStatus.get(one.id) !== one.status) connections.broadcast("admin", "cs:status_changed", one);
        knownStatus.set(one.id, one.status);
      }
      connections.broadcast("cs", "queue:update", {
        queue: queue.slice(0, QUEUE_SHOWN),
        waiting: queue.length,
        colleagues: team,
      });
    },
    QUEUE_GAP_MS,
    failed,
  );

  const refreshStats = coalesce(
    async () => {
      const watching = connections.at("admin").filter((c) => c.subscribedToStats);
      if (watching.length === 0) return;
      const stats = await board();
      for (const c of watching) c.send("stats:update", stats);
    },
    STATS_GAP_MS,
    failed,
  );

  return {
    agentsChanged(ids: Iterable<number>) {
      for (const id of ids) inboxes.add(id);
      if (inboxes.size > 0) refreshInboxes();
    },
    queueChanged() {
      refreshPlaces();
      refreshQueue();
      refreshStats();
    },
  };
}
