import { describe, expect, test } from "vitest";
import { excerpt, readWords } from "./read-words";

describe("what people type", () => {
  test.each([
    ["refund", '"refund"'],
    ["Refund Later", '"refund" "later"'],
    ['"working days" -friday', '"working days" -"friday"'],
    ["refund or return OR exchange", '"refund" or "return" or "exchange"'],
    ["HD-1234 a@b.example", '"hd 1234" "a b example"'],
    ['-"not this" that', '-"not this" "that"'],
    ['an open "quote', '"an" "open" "quote"'],
    ["für Ελλάδα", '"für" "ελλάδα"'],
  ])("%s is %s", (typed, all) => {
    expect(readWords(typed)?.all).toBe(all);
  });

  test.each(["", "  ", "-refund", '"…"', "or", "?!"])("%j is nothing to look for", (typed) => {
    expect(readWords(typed)).toBeNull();
  });

  test.each([
    ['a "b c" hd-12', [["b c", "hd 12"]]],
    ['"a b" or c or -"d e"', [["a b"], [], []]],
    ['or "a b" or or "c d" e', [["a b"], ["c d"]]],
  ])("%s has these runs of words by alternative", (typed, phrases) => {
    expect(readWords(typed)?.phrases).toEqual(phrases);
  });

  test("what must not be there is not shown as found", () => {
    expect(readWords('a -b "c d" or e')).toMatchObject({ any: '"a" or "c d" or "e"', words: ["a", "c", "d", "e"] });
  });
});

describe("an excerpt", () => {
  const text = (parts: ReturnType<typeof excerpt>) => parts.map((p) => (p.hit ? `[${p.text}]` : p.text)).join("");

  test("marks whole words, whatever their case", () => {
    expect(text(excerpt("Refund? No refunds, REFUND.", ["refund"]))).toBe("[Refund]? No refunds, [REFUND].");
  });

  test("is cut between words, around the first of them", () => {
    const long = `${"before ".repeat(40)}here ${"after ".repeat(60)}`;
    const cut = text(excerpt(long, ["here"]));
    expect(cut).toMatch(/^…before .*\[here\] after .*…$/);
    expect(cut.length).toBeLessThan(240);
  });

  test("without a word it is the beginning", () => {
    expect(text(excerpt("Hello", ["nothing"]))).toBe("Hello");
    expect(excerpt("", ["a"])).toEqual([]);
  });
});
