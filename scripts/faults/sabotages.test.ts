import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sabotages } from "./sabotages.ts";

const places = sabotages.flatMap(({ name, patches }) => patches.map(({ file, from }) => [name, file, from] as const));

test.each(places)("%s: its place in %s stands exactly once", (_name, file, from) => {
  expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8").split(from)).toHaveLength(2);
});
