import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onEnd, undoAll } from "../faults/cleanup.ts";
import { heradesk } from "./contestants.ts";
import { startDatabase } from "./database.ts";
import { measure, withStand } from "./measures.ts";
import { table } from "./table.ts";

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string }; hitCount: number }[];
}

const RATE = 1_000;
const SHOWN = 30;

/** Where one instance's time goes at a steady rate, by what is running itself. */
export async function runProfile(seconds: number) {
  const folder = mkdtempSync(join(tmpdir(), "heradesk-profile-"));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  const database = await startDatabase();
  const start = (url: string, customers: number) =>
    heradesk(url, customers, 1, ["--cpu-prof", `--cpu-prof-dir=${folder}`]);
  await withStand(database, { key: "c", start }, 50, (load, stand) =>
    measure(database, stand, () => load.open(RATE, seconds)),
  );
  // The password worker leaves a profile too: the larger one is the program's.
  const profiles = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Profile);
  const shares = profiles.map(sharesOf).sort((x, y) => y.busy - x.busy)[0];
  await undoAll();
  if (!shares) throw new Error("the program left no profile");
  const rows = shares.rows.slice(0, SHOWN).map(({ name, share }) => [`${(share * 100).toFixed(1)} %`, name]);
  console.log(`\n${table(["of its busy time", "in"], rows)}`);
  return shares.rows.slice(0, SHOWN);
}

function sharesOf({ nodes }: Profile) {
  const hits = new Map<string, number>();
  for (const { callFrame, hitCount } of nodes) {
    if (/^\((idle|root|program)\)$/.test(callFrame.functionName)) continue;
    const place = callFrame.url.replace(/^.*\/(node_modules|build)\//, "");
    const name = `${callFrame.functionName || "(anonymous)"}  ${place}`;
    hits.set(name, (hits.get(name) ?? 0) + hitCount);
  }
  const busy = [...hits.values()].reduce((sum, n) => sum + n, 0);
  const rows = [...hits].map(([name, n]) => ({ name, share: n / Math.max(1, busy) }));
  return { busy, rows: rows.sort((x, y) => y.share - x.share) };
}
