import { expect, test } from "vitest";
import { neighbour, orderMine, orderQueue } from "./order-chats";

const chat = (id: string, minute: number, waits: number | null = null) => ({
  id,
  waitingSince: waits === null ? null : at(waits),
  lastMessageAt: at(minute),
  queuedAt: at(minute),
});
const at = (minute: number) => `2026-11-03T10:${String(minute).padStart(2, "0")}:00.000Z`;
const ids = (chats: { id: string }[]) => chats.map(({ id }) => id);

test("who waits longest for an answer is first; answered chats follow, newest first", () => {
  const chats = [chat("old", 1), chat("asked-late", 9, 9), chat("new", 8), chat("asked-early", 7, 2)];
  expect(ids(orderMine(chats))).toEqual(["asked-early", "asked-late", "new", "old"]);
});

test("another message of somebody who waits moves no row", () => {
  const before = [chat("a", 2, 2), chat("b", 3, 3), chat("c", 4)];
  const after = [chat("a", 9, 2), chat("b", 3, 3), chat("c", 4)];
  expect(ids(orderMine(after))).toEqual(ids(orderMine(before)));
});

test("the queue is shown as it is served", () => {
  expect(ids(orderQueue([chat("second", 5), chat("first", 4)]))).toEqual(["first", "second"]);
});

test("the list is a ring for the keyboard", () => {
  const chats = [chat("a", 1), chat("b", 2), chat("c", 3)];
  expect(neighbour(chats, "c", 1)?.id).toBe("a");
  expect(neighbour(chats, "a", -1)?.id).toBe("c");
  expect(neighbour(chats, undefined, 1)?.id).toBe("a");
  expect(neighbour(chats, "elsewhere", -1)?.id).toBe("c");
  expect(neighbour([], "a", 1)).toBeUndefined();
});
