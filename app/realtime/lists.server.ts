import { board } from "~/chat/board.server";
import { queuedChats, waitingChats } from "~/chat/list-chats.server";
import { waitingIds } from "~/chat/queue-places.server";
import type { AgentStatus, ChatSummary } from "~/chat/shapes";
import { colleagues } from "~/people/colleagues.server";
import { log } from "~/log.server";
import { QUEUE_SHOWN, refreshInbox } from "./agent-inbox.server";
import { coalesce } from "./coalesce";
import type { Connections } from "./connections.server";
import { startPlaces } from "./places.server";

const QUEUE_GAP_MS = 100;
/** Nobody reads a long queue ten times a second. */
const LONG_QUEUE_GAP_MS = 1_000;
const STATS_GAP_MS = 500;
const FRESH_SHOWN = 50;

/**
 * What is computed from the whole and shown to many: the queue, places in it, colleagues, the board. News only says "look again";
 * looking is done once for all sockets here, and only when there are any.
 */
export function startLists(connections: Connections) {
  const failed = (error: unknown) => log().warn({ error: String(error) }, "could not refresh the lists");
  const places = startPlaces(connections, failed);
  const inboxes = new Set<number>();
  let knownQueue: Set<string> | null = null;
  let shown = "";
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

  const refreshQueue = coalesce(
    async () => {
      if (connections.at("cs").length + connections.at("admin").length === 0) return;
      const [ids, queue, team] = await Promise.all([waitingIds(), queuedChats(QUEUE_SHOWN), colleagues()]);
      const before = knownQueue;
      knownQueue = new Set(ids);
      for (const chat of before
        ? await summariesOf(
            ids.filter((id) => !before.has(id)),
            queue,
          )
        : []) {
        connections.broadcast("cs", "chat:new", { chat });
        connections.broadcast("admin", "chat:created", { chat });
      }
      for (const one of team) {
        if (knownStatus.get(one.id) !== one.status) connections.broadcast("admin", "cs:status_changed", one);
        knownStatus.set(one.id, one.status);
      }
      const lists = { queue, waiting: ids.length, colleagues: team };
      const text = JSON.stringify(lists);
      if (text !== shown) connections.broadcast("cs", "queue:update", lists);
      shown = text;
    },
    () => ((knownQueue?.size ?? 0) > QUEUE_SHOWN ? LONG_QUEUE_GAP_MS : QUEUE_GAP_MS),
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
      places.changed();
      refreshQueue();
      refreshStats();
    },
    /** Everything is told again, also what seems to be known. */
    lookAgain() {
      shown = "";
      this.agentsChanged(connections.agents());
      this.queueChanged();
    },
  };
}

/** Who is new in the queue; those at its end are not in what is shown of it. */
async function summariesOf(fresh: string[], queue: ChatSummary[]): Promise<ChatSummary[]> {
  const known = new Map(queue.map((chat) => [chat.id, chat]));
  const unknown = fresh.filter((id) => !known.has(id)).slice(0, FRESH_SHOWN);
  const beyond = unknown.length > 0 ? await waitingChats(unknown) : [];
  return [...fresh.flatMap((id) => known.get(id) ?? []), ...beyond];
}
