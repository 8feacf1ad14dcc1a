import { expect, test } from "vitest";
import type { ChatSummary } from "~/chat/shapes";
import { alertsFor } from "./alerts-for";

const chat = (id: string, unread = 0) => ({ id, unread }) as ChatSummary;
const events = (...all: Parameters<typeof alertsFor>) =>
  alertsFor(...all).map(({ event, chat }) => `${event} ${chat.id}`);

test("a new chat, a new message and somebody new in the queue are each heard of once", () => {
  const before = { mine: [chat("a"), chat("b", 1)], queue: [chat("q")] };
  const after = { mine: [chat("a", 1), chat("b", 1), chat("c", 1)], queue: [chat("q"), chat("r")] };
  expect(events(before, after, null)).toEqual(["message a", "chat c", "queue r"]);
  expect(events(after, after, null)).toEqual([]);
});

test("the chat in front is quiet, and so is a chat that one gave back", () => {
  const before = { mine: [chat("a"), chat("b")], queue: [] };
  const after = { mine: [chat("a", 1)], queue: [chat("b")] };
  expect(events(before, after, "a")).toEqual([]);
});
