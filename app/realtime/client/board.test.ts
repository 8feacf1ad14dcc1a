import { afterEach, expect, test, vi } from "vitest";
import type { BoardStats } from "~/chat/shapes";
import { openBoard } from "./board";
import { openSocket } from "./socket";
import { fast } from "./testing/fast";
import { startSmallDesk } from "./testing/small-desk";

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const dewi = {
  id: 7,
  name: "Dewi",
  avatarUrl: null,
  status: "online",
  away: false,
  activeChats: 1,
  maxChats: 5,
} as const;
const stats: BoardStats = {
  waiting: 0,
  longestWaitSince: null,
  active: 1,
  endedToday: 2,
  startedToday: 3,
  agentsOnline: 1,
  agents: [dewi],
};

test("subscribes on every connection and shows the newest figures", async () => {
  const desk = await startSmallDesk();
  const socket = openSocket({ url: desk.url.replace("/ws/chat", "/ws/admin"), ...fast });
  const board = openBoard({ socket, initial: stats });
  stops.push(desk.stop, socket.close, board.close);
  const subscriptions = () => desk.asked.filter(({ event }) => event === "admin:subscribe_stats").length;
  await vi.waitFor(() => expect(subscriptions()).toBe(1));
  const agents = board.getSnapshot().agents;
  desk.tellAll("stats:update", { ...stats, waiting: 4 });
  await vi.waitFor(() => expect(board.getSnapshot().waiting).toBe(4));
  expect(board.getSnapshot().agents).toBe(agents);
  desk.tellAll("cs:status_changed", { ...dewi, status: "busy" });
  await vi.waitFor(() => expect(board.getSnapshot().agents[0]?.status).toBe("busy"));
  desk.cut();
  await vi.waitFor(() => expect(subscriptions()).toBe(2));
  expect(board.getSnapshot().connection).toBe("live");
});
