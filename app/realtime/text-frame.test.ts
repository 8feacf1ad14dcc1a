import type { Writable } from "node:stream";
import { expect, test } from "vitest";
import * as ws from "ws";
import { textFrame } from "./text-frame";

test.each([0, 1, 125, 126, 65_535, 65_536, 200_000])("a text of %i bytes is read as it was written", (length) => {
  const text = "x".repeat(length);
  expect(read(textFrame(text))).toEqual([text]);
});

test("what takes more bytes than characters is measured in bytes", () => {
  const text = "é🙂漢".repeat(30);
  expect(read(Buffer.concat([textFrame(text), textFrame("next")]))).toEqual([text, "next"]);
});

// The library gives it to modules, and leaves it out of its types.
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };

function read(bytes: Buffer): string[] {
  const texts: string[] = [];
  const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
  receiver.on("message", (data: Buffer) => texts.push(data.toString()));
  receiver.write(bytes);
  return texts;
}
