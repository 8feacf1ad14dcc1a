import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { table } from "../bench/table.ts";
import { endWith, onEnd } from "../faults/cleanup.ts";
import { CLASSES } from "./classes.ts";
import { Tally, type Class } from "./tally.ts";
import { startTarget } from "./target.ts";

const HELP = `npm run attacks -- [--short] [--only name,name]
  tries what broke others, through the real program on two instances, and that whoever may still can`;

await endWith(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      only: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return (console.log(HELP), 0);
  if (!existsSync("build/index.js")) throw new Error("build/index.js: missing; run `npm run build` first");
  const only = values.only?.split(",");
  const names = CLASSES.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown) throw new Error(`--only ${unknown}: no such class; there are ${names.join(", ")}`);
  // The worker that hashes passwords keeps no process alive.
  const alive = setInterval(() => {}, 60_000);
  onEnd(() => clearInterval(alive));
  const target = await startTarget();
  const results: Class[] = [];
  for (const { name, run } of CLASSES.filter((one) => !only || only.includes(one.name))) {
    const began = performance.now();
    const tally = new Tally();
    await run(target, tally, { short: values.short }).catch((error: Error) =>
      tally.control("the attack itself", false, error.stack),
    );
    const { cases, controls, broken } = tally;
    results.push({ name, cases, controls, broken, ms: Math.round(performance.now() - began) });
  }
  console.log(`\n${report(results)}`);
  for (const { name, broken } of results) for (const line of broken.slice(0, 25)) console.log(`  ✗ ${name}: ${line}`);
  return results.some(({ broken, cases, controls }) => broken.length > 0 || !cases || !controls) ? 1 : 0;
});

function report(results: Class[]) {
  const sum = (of: (one: Class) => number) => results.reduce((total, one) => total + of(one), 0);
  const rows = results.map((r) => [r.name, r.cases, r.controls, r.broken.length, (r.ms / 1_000).toFixed(1)]);
  const totals = [sum((r) => r.cases), sum((r) => r.controls), sum((r) => r.broken.length), sum((r) => r.ms) / 1_000];
  mkdirSync("test-results", { recursive: true });
  writeFileSync("test-results/attacks.json", JSON.stringify(results, null, 2));
  return table(["class", "cases", "controls", "broken", "s"], [...rows, ["all of them", ...totals.map(Math.round)]]);
}
