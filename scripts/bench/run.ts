import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { endWith } from "../faults/cleanup.ts";
import type { Discipline } from "./course.ts";
import { goalTable, type Goal } from "./goals.ts";
import { benchHistory } from "./history.ts";
import { benchIdle } from "./idle.ts";
import { benchLighthouse } from "./lighthouse.ts";
import { benchAdmin, benchFigures } from "./admin.ts";
import { benchIndexing } from "./indexing.ts";
import { benchLogin } from "./login.ts";
import { describe, machine } from "./machine.ts";
import { benchOverload } from "./overload.ts";
import { benchProfile } from "./profile.ts";
import { benchQueue } from "./queue.ts";
import { race } from "./race.ts";
import { benchSlowDisk } from "./slow-disk.ts";
import { benchStorm } from "./storm.ts";
import { benchWorkspace } from "./workspace.ts";

const HELP = `npm run bench -- [name…] [--quick] [--rounds N] [--keys a,b,b2,c,d] [--rows N]
  throughput latency knee        HeraDesk beside the references
  idle storm history slow-disk   HeraDesk by itself
  overload                       twice the rate that one instance carries
  queue                          how soon the first in line is served
  workspace                      an agent's browser with 50 busy chats, and with a very long one
  login                          messages while twenty people sign in at once
  lighthouse                     the landing page, by Lighthouse 12
  admin                          searches, lists, figures and exports of 200,000 chats
  figures                        of the same, only the board and the figures of 90 days
  indexing                       messages while the search index is being kept, and while it is not
  profile                        where HeraDesk's own time goes
  Without a name: throughput latency idle storm.
  --quick   less of everything: to see that it runs, not for figures
  --rounds  each figure of the race is the middle one of so many
  --rows    stored messages for history, 10,000,000 unless said otherwise`;
/** Of what is measured in turns: its two sides differ by less than one round and the next. */
const INDEXING_ROUNDS = 5;
const OUT = ".cache/bench.json";
const USUAL = ["throughput", "latency", "idle", "storm"];
const DISCIPLINES = ["throughput", "latency", "knee"];
const ALONE = [
  "idle",
  "storm",
  "history",
  "slow-disk",
  "overload",
  "queue",
  "workspace",
  "lighthouse",
  "admin",
  "figures",
  "login",
  "indexing",
  "profile",
];

await endWith(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      rounds: { type: "string", default: "1" },
      keys: { type: "string" },
      rows: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return (console.log(HELP), 0);
  if (!existsSync("build/index.js")) throw new Error("build/index.js: missing; run `npm run build` first");
  const names = positionals.length > 0 ? positionals : USUAL;
  const unknown = names.find((name) => ![...DISCIPLINES, ...ALONE].includes(name));
  if (unknown) throw new Error(`${unknown}: there is no such benchmark\n${HELP}`);

  const { quick } = values;
  const seconds = quick ? 1 : 5;
  const rounds = Math.max(Number(values.rounds), INDEXING_ROUNDS);
  const here = machine();
  const goals: Goal[] = [];
  const results: Record<string, unknown> = { at: new Date().toISOString(), machine: here, goals };
  console.log(describe(here));
  const disciplines = new Set(DISCIPLINES.filter((name) => names.includes(name)) as Discipline[]);
  if (disciplines.size > 0) {
    note("race", await race({ disciplines, seconds, rounds: Number(values.rounds), keys: values.keys?.split(",") }));
  }
  for (const name of ALONE.filter((one) => names.includes(one))) note(name, await benchAlone(name));
  console.log(`\n${goalTable(goals)}\n${OUT}`);
  return 0;

  function benchAlone(name: string) {
    if (name === "idle") return benchIdle(quick ? 500 : 10_000);
    if (name === "overload") return benchOverload(seconds);
    if (name === "queue") return benchQueue(quick);
    if (name === "admin") return benchAdmin(quick);
    if (name === "figures") return benchFigures(quick);
    if (name === "workspace") return benchWorkspace(quick);
    if (name === "login") return benchLogin();
    if (name === "indexing") return quick ? benchIndexing(1, 1, 100_000) : benchIndexing(seconds, rounds);
    if (name === "lighthouse") return benchLighthouse();
    if (name === "storm") return benchStorm(quick ? 200 : 5_000);
    if (name === "history") return benchHistory(Number(values.rows ?? (quick ? 100_000 : 10_000_000)), seconds);
    return name === "profile" ? benchProfile(seconds) : benchSlowDisk(seconds);
  }

  /** Written after each, so that what was measured outlives what comes next. */
  function note(name: string, result: { goals: Goal[] }) {
    results[name] = result;
    goals.push(...result.goals);
    mkdirSync(".cache", { recursive: true });
    writeFileSync(OUT, JSON.stringify(results, null, 2));
  }
});
