import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Message } from "~/chat/shapes";
import { mergeMessages } from "./merge-messages";

function row(seq: number, from: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    seq,
    clientId: seq % 3 ? `c${seq}` : null,
    senderType: seq % 2 ? "customer" : "cs",
    senderId: null,
    senderName: null,
    messageType: "text",
    content: `text ${seq}`,
    attachments: [],
    createdAt: "2026-01-01T00:00:00.000Z",
    ...from,
  };
}

const seqs = (list: Message[]) => list.map(({ seq }) => seq);

describe("mergeMessages", () => {
  test("any order, any repetition, any batches: the same list, ordered, each once", () => {
    const anyArrival = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }).chain((present) => {
      const rows = present.map((seq) => row(seq));
      const again = fc.array(fc.constantFrom(...rows), { maxLength: 40 });
      const arrivals = again.chain((more) =>
        fc.shuffledSubarray([...rows, ...more], { minLength: rows.length + more.length }),
      );
      return fc.tuple(fc.constant(rows), arrivals, fc.infiniteStream(fc.integer({ min: 1, max: 7 })));
    });
    fc.assert(
      fc.property(anyArrival, ([rows, arrivals, sizes]) => {
        let list: Message[] = [];
        for (let rest = arrivals; rest.length > 0;) {
          const size = sizes.next().value as number;
          list = mergeMessages(list, rest.slice(0, size));
          rest = rest.slice(size);
        }
        expect(list).toEqual([...rows].sort((a, b) => a.seq - b.seq));
      }),
    );
  });

  test("a clientId is shown once, at its first place, whichever came first", () => {
    const [first, second] = [row(4, { clientId: "x" }), row(8, { clientId: "x", senderType: "cs" })];
    expect(seqs(mergeMessages([row(2), first], [second, row(9)]))).toEqual([2, 4, 9]);
    expect(seqs(mergeMessages([row(2), second], [row(9), first]))).toEqual([2, 4, 9]);
  });

  test("two sides may use the same clientId", () => {
    const [hers, his] = [row(4, { clientId: "x" }), row(5, { clientId: "x" })];
    expect(seqs(mergeMessages([hers], [his]))).toEqual([4, 5]);
  });

  test("repeats leave the list and every row the same object", () => {
    const list = [row(1), row(2), row(3)];
    expect(mergeMessages(list, [row(2), row(1), row(3)])).toBe(list);
    const grown = mergeMessages(list, [row(4)]);
    expect(grown.slice(0, 3).every((message, i) => message === list[i])).toBe(true);
    expect(list).toHaveLength(3);
  });

  test("a row that the server tells better takes the place of the guess", () => {
    const list = mergeMessages([row(1), row(2)], [row(1, { senderName: "Ada" })]);
    expect(list.map(({ senderName }) => senderName)).toEqual(["Ada", null]);
  });
});
