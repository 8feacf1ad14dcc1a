import { expect, test } from "vitest";
import type { Message } from "~/chat/shapes";
import { logRows, type LogRow, type Pending } from "./log-rows";

let seq = 0;
function said(senderType: "customer" | "cs", at: string, more: Partial<Message> = {}): Message {
  seq += 1;
  return {
    id: String(seq),
    seq,
    clientId: `client-${seq}`,
    senderType,
    senderId: senderType === "cs" ? 7 : null,
    senderName: null,
    messageType: "text",
    content: "hello",
    attachments: [],
    createdAt: `2026-11-22T${at}Z`,
    ...more,
  };
}

const shape = (rows: LogRow[]) =>
  rows.map((row) =>
    row.kind === "message" ? `${row.mine ? "mine" : "theirs"}${row.first ? "[" : ""}${row.last ? "]" : ""}` : row.kind,
  );

test("a run is one sender's messages within two minutes", () => {
  const log = [
    said("customer", "14:00:00"),
    said("customer", "14:01:30"),
    said("cs", "14:01:40"),
    said("cs", "14:04:00"),
    said("cs", "14:04:10", { senderId: 8 }),
  ];
  expect(shape(logRows(log, [], "customer", "UTC"))).toEqual([
    "day",
    "mine[",
    "mine]",
    "theirs[]",
    "theirs[]",
    "theirs[]",
  ]);
});

test("a new day of the reader begins with a line", () => {
  const log = [said("customer", "22:30:00"), said("customer", "23:30:00")];
  expect(shape(logRows(log, [], "customer", "UTC"))).toEqual(["day", "mine[]", "mine[]"]);
  expect(shape(logRows(log, [], "customer", "Europe/Warsaw"))).toEqual(["day", "mine[]", "day", "mine[]"]);
});

test("a line stands before what is new, parts the run there, and is gone where nothing is", () => {
  const log = [said("customer", "14:00:00"), said("customer", "14:00:10"), said("customer", "14:00:20")];
  const from = (unread: number | null) => shape(logRows(log, [], "cs", "UTC", unread));
  expect(from(log[1]!.seq)).toEqual(["day", "theirs[]", "unread", "theirs[", "theirs]"]);
  expect(from(null)).toEqual(["day", "theirs[", "theirs", "theirs]"]);
});

test("what happened stands between the runs", () => {
  const event = said("customer", "14:00:10", { senderType: "system", messageType: "system" });
  const log = [said("customer", "14:00:00"), event, said("customer", "14:00:20")];
  expect(shape(logRows(log, [], "customer", "UTC"))).toEqual(["day", "mine[]", "event", "mine[]"]);
});

test("a message keeps its key and its run when it turns from pending to sent", () => {
  const first = said("cs", "14:00:00");
  const pending: Pending = { clientId: "p1", content: "hello", state: "sending", at: "2026-11-22T14:00:20Z" };
  const sent = said("cs", "14:00:20", { clientId: "p1", senderId: null });
  const before = logRows([first], [pending], "cs", "UTC");
  const after = logRows([first, sent], [], "cs", "UTC");
  expect(shape(before)).toEqual(["day", "mine[", "mine]"]);
  expect(shape(after)).toEqual(shape(before));
  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
});

test("keys are unique when both sides use the same name", () => {
  const log = [said("customer", "14:00:00", { clientId: "x" }), said("cs", "14:00:01", { clientId: "x" })];
  const keys = logRows(log, [], "customer", "UTC").map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
