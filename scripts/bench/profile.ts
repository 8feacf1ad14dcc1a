import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onEnd, undoAll } from "../faults/cleanup.ts";
import { heradesk } from "./contestants.ts";
import { FEW, RATE } from "./course.ts";
import { startDatabase } from "./database.ts";
import type { Goal } from "./goals.ts";
import { measure, withStand } from "./measures.ts";
import { table } from "./table.ts";

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const SHOWN = 40;

/** Where one instance's time goes under both loads, by what is running itself. */
export async function benchProfile(seconds: number) {
  const folder = mkdtempSync(join(tmpdir(), "heradesk-profile-"));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  const database = await startDatabase();
  const nodeOptions = ["--cpu-prof", `--cpu-prof-dir=${folder}`];
  const start = (url: string, customers: number) => heradesk(url, customers, 1, { nodeOptions });
  await withStand(database, { key: "c", start }, FEW, async (load, stand) => {
    await measure(database, stand, load, () => load.open({ customers: FEW, perSecond: RATE, seconds }));
    await measure(database, stand, load, () => load.closed({ customers: FEW, seconds }));
  });
  // The password worker leaves a profile too: the busier one is the program's.
  const profiles = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Profile);
  const [busiest] = profiles.map(timesOf).sort((x, y) => y.total - x.total);
  await undoAll();
  if (!busiest) throw new Error("the program left no profile");
  const rows = busiest.places.slice(0, SHOWN).map(([place, ms]) => ({ place, share: ms / busiest.total }));
  const shown = rows.map(({ place, share }) => [(share * 100).toFixed(1), place]);
  console.log(`\n${table(["% of busy time", "in"], shown)}`);
  return { rows, goals: [] as Goal[] };
}

/** Busy microseconds by function, the most first. */
function timesOf({ nodes, samples, timeDeltas }: Profile) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  samples.forEach((id, i) => {
    const name = names.get(id) ?? "";
    if (!name.startsWith("(idle)")) times.set(name, (times.get(name) ?? 0) + (timeDeltas[i] ?? 0));
  });
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return { total, places: [...times].sort(([, x], [, y]) => y - x) };
}

function nameOf({ functionName, url, lineNumber }: Profile["nodes"][number]["callFrame"]) {
  const place = url.replace(/^.*\/(node_modules|build)\//, "");
  return `${functionName || "(anonymous)"}  ${place && `${place}:${lineNumber + 1}`}`;
}
