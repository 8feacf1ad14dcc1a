import { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import pg from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { claimChat } from "~/chat/claim-chat.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { refreshInbox, welcome } from "./agent-inbox.server";
import { listReactions, type WorkspaceSnapshot } from "./client/list-reactions";
import { Connection } from "./connection.server";
import { Connections } from "./connections.server";
import { Hub } from "./hub.server";

beforeAll(freshDatabase);

/** The wire itself: what is written to it, and what a browser shows that read that. */
function wire() {
  let shown = { mine: [], queue: [], colleagues: [], left: [] } as unknown as WorkspaceSnapshot;
  const socket = Object.assign(new EventEmitter(), { readyState: 1, OPEN: 1, bufferedAmount: 0 });
  const duplex = {
    cork() {},
    uncork() {},
    write(frame: Buffer) {
      const { event, data } = JSON.parse(textOf(frame)) as { event: string; data: object };
      shown = { ...shown, ...listReactions[event]?.(data, shown) };
    },
  };
  return { socket: socket as unknown as WebSocket, duplex: duplex as unknown as Duplex, shown: () => shown };
}

/** Behind a head as long as the length in it asks for. */
const textOf = (frame: Buffer) => frame.toString("utf8", frame[1] === 127 ? 10 : frame[1] === 126 ? 4 : 2);

/** Lets the list of colleagues come late, as it may. @returns which lets it come */
function slowColleagues() {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const asked = new Promise<void>((resolve) => {
    vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (this: pg.Client, ...args: unknown[]) {
      const { text = "" } = (args[0] ?? {}) as { text?: string };
      if (!text.includes('u.avatar_url as "avatarUrl"')) return query.apply(this, args);
      resolve();
      return gate.then(() => query.apply(this, args)) as never;
    });
  });
  return { open, asked };
}

test("a chat that comes while the first frame is being made is shown, and stays", async () => {
  const ada = await hire("ada");
  const { chatId } = await customerInChat();
  const { socket, duplex, shown } = wire();
  const connections = new Connections();
  const connection = new Connection(socket, "cs", ada, null, null, new Hub(), duplex);
  connections.add(connection);
  const colleagues = slowColleagues();
  const welcomed = welcome(connection, connections);
  await colleagues.asked;
  await new Promise((resolve) => setTimeout(resolve, 100));
  await claimChat(ada, chatId);
  await refreshInbox(ada.userId, connections);
  colleagues.open();
  await welcomed;
  vi.restoreAllMocks();
  expect(shown().mine.map((c) => c.id)).toEqual([chatId]);
  await refreshInbox(ada.userId, connections);
  expect(shown().mine.map((c) => c.id)).toEqual([chatId]);
});
