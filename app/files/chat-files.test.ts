import { expect, test } from "vitest";
import type { Message } from "~/chat/shapes";
import { filesInChat } from "./chat-files";

const file = (id: string, seq: number) => ({ id, seq }) as ReturnType<typeof filesInChat>[number];
const row = (seq: number, ...ids: string[]) => ({ seq, attachments: ids.map((id) => ({ id })) }) as unknown as Message;

test("what the log has counts from its first row on, what came with the page before it; newest first", () => {
  const listed = [file("taken back", 7), file("also here", 6), file("old", 2)];
  const log = [row(5), row(6, "also here"), row(7), row(8, "first", "second")];
  expect(filesInChat(listed, log)).toEqual([file("second", 8), file("first", 8), file("also here", 6), file("old", 2)]);
  expect(filesInChat(listed, [])).toEqual(listed);
  expect(filesInChat([], [row(1)])).toEqual([]);
});
