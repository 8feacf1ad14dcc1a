import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const START = /(?<=["'`\s:!])/.source;
/** Sides of the screen instead of the line's start and end: they stay where they are when a page reads from the right. */
const PHYSICAL = new RegExp(
  `${START}-?(?:(?:ml|mr|pl|pr|left|right|scroll-m[lr]|scroll-p[lr])-(?:\\d|\\[|auto|px|full)|text-(?:left|right)\\b|` +
    "border-[lr](?:-|\\b)|rounded-(?:[lr]|tl|tr|bl|br)(?:-|\\b)|space-x-\\d)",
  "g",
);
const RAW_COLOUR = /\[(?:#[0-9a-f]{3,8}|(?:rgb|hsl|oklch)a?\()/gi;
/** Tokens are plain values: a share of one is no colour at all, and Tailwind leaves the class out without a word. */
const SHARE = new RegExp(`${START}(?:bg|text|border|ring|fill|stroke|outline)-[a-z][a-z0-9-]*/\\d+`, "g");

const files = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".tsx"))
  .map((name) => ({ name, text: readFileSync(`app/${name}`, "utf8") }));

const found = (pattern: RegExp) =>
  files.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([what]) => `${name}: ${what.trim()}`));

test("components place by start and end, never by left and right", () => {
  expect("a pl-4 md:mr-auto !-ml-2 text-left rounded-tl-md b".match(PHYSICAL)).toHaveLength(5);
  expect("ps-4 pe-2 me-auto plan- text-start rounded-lg border-line".match(PHYSICAL)).toBeNull();
  expect(found(PHYSICAL)).toEqual([]);
});

test("components take their colours from tokens, whole", () => {
  expect('"backdrop:bg-bg/70"'.match(SHARE)).toHaveLength(1);
  expect(found(SHARE)).toEqual([]);
  expect(found(RAW_COLOUR)).toEqual([]);
});
