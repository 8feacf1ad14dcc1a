import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LABEL_COLOURS } from "./chat/shapes";

const css = readFileSync("app/tailwind.css", "utf8");
const light = tokens(":root {");
const dark = tokens('[data-theme="dark"] {');
const system = tokens('[data-theme="system"] {');

const SURFACES = ["bg", "surface", "surface-2", "theirs", "note", "accent-soft", "waiting-soft", "danger-soft"];
const ROOMS = ["bg", "surface", "surface-2"];

const TEXT: [text: string, on: string][] = [
  ...SURFACES.flatMap((on): [string, string][] => [
    ["text", on],
    ["text-muted", on],
  ]),
  ...ROOMS.flatMap((on) =>
    ["accent", "accent-strong", "danger", "waiting", "ok"].map((t): [string, string] => [t, on]),
  ),
  ["accent-strong", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-mine", "mine"],
  ["on-danger", "danger"],
  ["waiting", "waiting-soft"],
  ["danger", "danger-soft"],
  ...LABEL_COLOURS.map((name): [string, string] => [`label-${name}`, `label-${name}-soft`]),
];
const EDGES = ROOMS.flatMap((on): [string, string][] => [
  ["line-strong", on],
  ["focus", on],
]);

test.each([
  ["light", light],
  ["dark", dark],
])("text and edges can be seen in the %s theme", (_, theme) => {
  const contrast = ([a, b]: [string, string]) => ratio(theme[a] ?? "", theme[b] ?? "");
  expect(TEXT.filter((pair) => contrast(pair) < 4.5)).toEqual([]);
  expect(EDGES.filter((pair) => contrast(pair) < 3)).toEqual([]);
});

test("dark by choice and dark by the system are the same", () => {
  expect(system).toEqual(dark);
  expect(Object.keys(dark)).toEqual(Object.keys(light));
});

function tokens(selector: string): Record<string, string> {
  const from = css.indexOf(selector);
  const block = css.slice(from, css.indexOf("}", from));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** The contrast ratio of WCAG 2, for #rrggbb. */
function ratio(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
