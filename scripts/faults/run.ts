import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { endWith } from "./cleanup.ts";
import { faults, notYet, SHORT } from "./faults.ts";
import { seeded } from "./random.ts";
import { row, summary, writeJson } from "./report.ts";
import { play, type Options, type Outcome } from "./scenario.ts";
import { playSabotages } from "./sabotage.ts";
import { startWorld } from "./world.ts";

const HELP = `npm run faults -- [--short] [--only 1,5] [--seeds N] [--seed S] [--browser] [--sabotage]`;

await endWith(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      only: { type: "string" },
      seeds: { type: "string", default: "1" },
      seed: { type: "string" },
      browser: { type: "boolean", default: false },
      sabotage: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return (console.log(HELP), 0);
  if (!existsSync("build/index.js")) throw new Error("build/index.js: missing; run `npm run build` first");
  const first = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  if (values.sabotage) {
    const results = await playSabotages(first, values.only);
    return results.every((result) => result.caught) ? 0 : 1;
  }
  const ids = values.only?.split(",").map(Number) ?? (values.short ? SHORT : faults.map((fault) => fault.id));

  const outcomes: Outcome[] = [];
  for (let seed = first; seed < first + Number(values.seeds); seed++) {
    console.log(`seed ${seed}`);
    outcomes.push(...(await playAll(ids, { seed, short: values.short, browser: values.browser })));
  }
  if (!values.short && !values.only)
    for (const { id, name, why } of notYet) console.log(`not yet   ${id}  ${name}: ${why}`);
  console.log(`\n${summary(outcomes, first)}\n${writeJson(outcomes, first)}`);
  return outcomes.length > 0 && outcomes.every((o) => o.verdict === "valid") ? 0 : 1;
});

async function playAll(ids: number[], options: Options): Promise<Outcome[]> {
  const world = await startWorld({ root: process.cwd(), random: seeded(options.seed) });
  const outcomes: Outcome[] = [];
  for (const fault of faults.filter(({ id }) => ids.includes(id))) {
    const outcome = await play(world, fault, options);
    console.log(row(outcome));
    outcomes.push(outcome);
  }
  await world.stop();
  return outcomes;
}
