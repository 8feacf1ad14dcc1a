import type { BoardStats, Colleague } from "~/chat/shapes";
import { change, reuse } from "./entries";
import { pollWhileBlocked } from "./poll-while-blocked";
import type { LiveSocket } from "./socket";
import { createStore, type Readable } from "./store";

export interface BoardSnapshot extends BoardStats {
  connection: LiveSocket["state"];
}

export interface Board extends Readable<BoardSnapshot> {
  close(): void;
}

/** The admin's counters. They are a snapshot each time, so nothing needs to be resumed. */
export function openBoard({ socket, initial }: { socket: LiveSocket; initial: BoardStats }): Board {
  const store = createStore<BoardSnapshot>({ ...initial, connection: socket.state });
  const stops = [
    socket.onState(follow),
    pollWhileBlocked(socket, "admin:subscribe_stats"),
    socket.on("stats:update", (stats: BoardStats) =>
      store.set({ ...stats, agents: reuse(store.getSnapshot().agents, stats.agents) }),
    ),
    socket.on("cs:status_changed", (colleague: Colleague) =>
      store.set({ agents: change(store.getSnapshot().agents, colleague.id, () => colleague) }),
    ),
  ];
  follow();

  function follow(): void {
    store.set({ connection: socket.state });
    if (socket.state === "live") socket.request("admin:subscribe_stats").catch(() => {});
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    close: () => stops.forEach((stop) => stop()),
  };
}
