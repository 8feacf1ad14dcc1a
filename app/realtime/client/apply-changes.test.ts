import { expect, test } from "vitest";
import type { Message, MessageEvent } from "~/chat/shapes";
import { applyChanges } from "./apply-changes";

const row = (seq: number, content: string, event?: MessageEvent): Message => ({
  id: `m${seq}`,
  seq,
  clientId: null,
  senderType: event ? "system" : "customer",
  senderId: null,
  senderName: null,
  messageType: event ? "system" : "text",
  content,
  attachments: [],
  createdAt: new Date(seq * 1000).toISOString(),
  event,
});
const edited = (seq: number, of: number, content: string) => row(seq, "changed", { kind: "edited", seq: of, content });

test("a message is as its newest change left it, and changes are no rows", () => {
  const log = [row(1, "helo"), row(2, "other"), edited(3, 1, "hello"), edited(4, 1, "Hello.")];
  expect(applyChanges(log)).toMatchObject([{ content: "Hello.", edited: true }, { content: "other" }]);
  const all = [...log, row(5, "taken back", { kind: "taken_back", seq: 1 })];
  expect(applyChanges(all)[0]).toMatchObject({ content: "", takenBack: true });
});

test("an older page that arrives later brings no older text back", () => {
  const newer = edited(9, 1, "newest");
  const log = [{ ...row(1, "newest"), edited: true as const }, edited(3, 1, "older"), newer];
  expect(applyChanges(log).map(({ content }) => content)).toEqual(["newest"]);
});

test("what did not change stays the same object", () => {
  const log = [row(1, "one"), row(2, "two"), edited(3, 1, "One")];
  const [one, two] = applyChanges(log);
  const again = applyChanges([...log, row(4, "four")]);
  expect(again[0]).toBe(one);
  expect(again[1]).toBe(two);
});
