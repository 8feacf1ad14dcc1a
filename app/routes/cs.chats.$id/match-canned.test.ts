import { expect, test } from "vitest";
import { matchCanned, slashAt } from "./match-canned";

const canned = [
  { shortcut: "hello", title: "Greeting", content: "Hello, how can I help?" },
  { shortcut: "order", title: "Ask for the order", content: "Could you send me the number?" },
  { shortcut: "ship", title: "Order is on its way", content: "It left the depot." },
];
const found = (query: string) => matchCanned(canned, query).map(({ shortcut }) => shortcut);

test("shortcut before title before text, all of them for nothing", () => {
  expect(found("")).toEqual(["hello", "order", "ship"]);
  expect(found("or")).toEqual(["order", "ship"]);
  expect(found("ASK FOR")).toEqual(["order"]);
  expect(found("depot")).toEqual(["ship"]);
  expect(found("nothing like it")).toEqual([]);
});

test("a slash opens at the start of a word, on one line, and nowhere else", () => {
  expect(slashAt("/he", 3)).toEqual({ from: 0, query: "he" });
  expect(slashAt("Sure. /ask for", 14)).toEqual({ from: 6, query: "ask for" });
  expect(slashAt("Sure.\n/", 7)).toEqual({ from: 6, query: "" });
  expect(slashAt("and/or", 6)).toBeNull();
  expect(slashAt("https://a.b/c", 13)).toBeNull();
  expect(slashAt("/he\nllo", 7)).toBeNull();
  expect(slashAt("/hello there", 0)).toBeNull();
});
