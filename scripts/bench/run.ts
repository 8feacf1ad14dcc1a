import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { endWith } from "../faults/cleanup.ts";
import { runHistory } from "./history.ts";
import { runIdle } from "./idle.ts";
import { runProfile } from "./profile.ts";
import { runRace } from "./race.ts";
import { runSlowDisk } from "./slow-disk.ts";
import { runStorm } from "./storm.ts";

const HELP = `npm run bench -- [--quick] [--only race,knee,idle,storm] [--history [rows]] [--slow-disk]
  --quick       a third of the time for each figure
  --history     also on a database with so many stored messages, 10,000,000 unless said otherwise
  --profile     only this: where one instance's time goes at 1,000 messages a second
  --slow-disk   only this: PostgreSQL with 2 ms added to each flush (needs cc)`;
const OUT = ".cache/bench.json";

await endWith(async () => {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      contestants: { type: "string" },
      history: { type: "string" },
      "slow-disk": { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
    args: process.argv.slice(2).flatMap((arg, i, all) => {
      const bare = arg === "--history" && !/^\d+$/.test(all[i + 1] ?? "");
      return bare ? [arg, "10000000"] : [arg];
    }),
  });
  if (values.help) return (console.log(HELP), 0);
  if (!existsSync("build/index.js")) throw new Error("build/index.js: missing; run `npm run build` first");
  const wanted = values.only?.split(",");
  const wants = (part: string) =>
    values["slow-disk"] || values.history || values.profile
      ? (wanted?.includes(part) ?? false)
      : (wanted?.includes(part) ?? true);
  const seconds = values.quick ? 3 : 8;
  const keys = values.contestants?.split(",");

  const result: Record<string, unknown> = { machine: machine(), commit: commit(), at: new Date().toISOString() };
  console.log(`${machine()} · commit ${commit()}`);
  if (wants("race") || wants("knee")) {
    Object.assign(result, await runRace({ seconds, keys, race: wants("race"), knee: wants("knee") }));
  }
  if (wants("idle")) result.idle = await runIdle(values.quick ? 2_000 : 10_000);
  if (wants("storm")) result.storm = await runStorm(values.quick ? 1_000 : 5_000);
  if (values.history) result.history = await runHistory(Number(values.history), seconds);
  if (values["slow-disk"]) result.slowDisk = await runSlowDisk(seconds);
  if (values.profile) result.profile = await runProfile(seconds);
  mkdirSync(".cache", { recursive: true });
  writeFileSync(OUT, JSON.stringify(result, null, 2));
  console.log(`\n${OUT}`);
  return 0;
});

function machine() {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "unknown CPU"}, Node ${process.version}`;
}

function commit() {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
