import { expect, test } from "vitest";
import { cutCommits } from "./cut-commits.ts";

const STARTUP = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
const INSERT = frame("P", "write-batch\0with drafts as (…) insert into messages …\0");
const BIND = frame("B", "\0write-batch\0…");
const SYNC = frame("S", "");
const ANSWER = Buffer.concat([frame("2", ""), frame("C", "INSERT 0 1\0")]);
const READY = frame("Z", "I");

test("the answer to a committed write is dropped, whole, when the commit is certain", () => {
  const { watcher, cuts } = watch(1);
  watcher.up(Buffer.concat([STARTUP, INSERT, BIND, SYNC]));
  expect(watcher.down(ANSWER)).toEqual(Buffer.alloc(0));
  expect(watcher.down(READY)).toBeNull();
  expect(cuts()).toBe(1);
});

test("also when bytes come in any pieces", () => {
  const { watcher } = watch(1);
  for (const byte of Buffer.concat([STARTUP, INSERT, BIND, SYNC])) watcher.up(Buffer.from([byte]));
  const last = [...ANSWER, ...READY].map((byte) => watcher.down(Buffer.from([byte]))).at(-1);
  expect(last).toBeNull();
});

test("reads, refused writes, and writes inside a transaction go through", () => {
  for (const [sent, answer] of [
    [
      [frame("P", "\0select 1\0"), frame("B", "\0\0…")],
      [ANSWER, READY],
    ],
    [
      [INSERT, BIND],
      [frame("E", "SERROR\0C23505\0\0"), READY],
    ],
    [
      [INSERT, BIND],
      [ANSWER, frame("Z", "T")],
    ],
  ] as const) {
    const { watcher, cuts } = watch(1);
    watcher.up(Buffer.concat([STARTUP, ...sent, SYNC]));
    expect(watcher.down(Buffer.concat(answer))).toEqual(Buffer.concat(answer));
    expect(cuts()).toBe(0);
  }
});

test("an explicit commit is a commit", () => {
  const { watcher } = watch(1);
  watcher.up(Buffer.concat([STARTUP, frame("Q", "commit\0")]));
  expect(watcher.down(Buffer.concat([frame("C", "COMMIT\0"), READY]))).toBeNull();
});

test("only the fraction that was asked for", () => {
  const { watcher, cuts } = watch(0.03);
  watcher.up(Buffer.concat([STARTUP, INSERT, BIND, SYNC]));
  expect(watcher.down(Buffer.concat([ANSWER, READY]))).not.toBeNull();
  expect(cuts()).toBe(0);
});

function watch(fraction: number) {
  let cuts = 0;
  const watcher = cutCommits(() => 0.5, { fraction: () => fraction, onCut: () => cuts++ })();
  return { watcher, cuts: () => cuts };
}

function frame(type: string, body: string) {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(4 + bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
