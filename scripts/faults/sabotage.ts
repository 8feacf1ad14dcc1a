import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onEnd } from "./cleanup.ts";
import type { Result } from "./checker.ts";
import { sabotages, type Sabotage } from "./sabotages.ts";

const TREE = [
  "app",
  "scripts",
  "sql",
  "public",
  "server.ts",
  "package.json",
  "remix.config.js",
  "remix.env.d.ts",
  "tailwind.config.ts",
  "tsconfig.json",
];
const BUILD_PATIENCE_MS = 120_000;
const PLAY_PATIENCE_MS = 300_000;

export interface Caught {
  name: string;
  caught: boolean;
  saw: string;
}

/** Breaks a copy of the program in one place, runs the harness on it, and expects to be told. */
export async function playSabotages(seed: number, only?: string): Promise<Caught[]> {
  const results: Caught[] = [];
  for (const sabotage of sabotages.filter(({ name }) => !only || name.includes(only))) {
    const result = await playOne(sabotage, seed);
    console.log(`${result.caught ? "caught" : "MISSED"}    ${sabotage.name.padEnd(34)}  ${result.saw}`);
    results.push(result);
  }
  console.log(`\n${results.filter((r) => r.caught).length} of ${results.length} caught; seed ${seed}`);
  return results;
}

async function playOne(sabotage: Sabotage, seed: number): Promise<Caught> {
  const root = mkdtempSync(join(tmpdir(), "heradesk-sabotage-"));
  const remove = () => rmSync(root, { recursive: true, force: true });
  onEnd(remove);
  for (const part of TREE) if (existsSync(part)) cpSync(part, join(root, part), { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(root, "node_modules"));
  for (const patch of sabotage.patches) apply(root, patch);
  const built = await runIn(root, ["scripts/build.mjs"], BUILD_PATIENCE_MS);
  if (built.code !== 0) throw new Error(`the sabotaged copy "${sabotage.name}" does not build:\n${built.output}`);
  const command = [
    "node_modules/vite-node/vite-node.mjs",
    "--config=scripts/vitest.config.ts",
    "scripts/faults/run.ts",
  ];
  const played = await runIn(
    root,
    [...command, "--only", sabotage.play.join(), "--seed", String(seed)],
    PLAY_PATIENCE_MS,
  );
  const found = readRuns(root);
  remove();
  if (!found) throw new Error(`the harness did not finish on "${sabotage.name}":\n${played.output.slice(-4_000)}`);
  const violations = found.flatMap((run) => run.violations);
  const telling = violations.filter((v) => sabotage.caughtBy.includes(v.property));
  const verdicts = found.map((run) => run.verdict).join();
  const first = telling[0] ?? violations[0];
  return {
    name: sabotage.name,
    caught: found.some((run) => run.verdict === "invalid") && telling.length > 0,
    saw: `${verdicts}: ${violations.length} violations${first ? `, as ${first.property} ${first.what}` : ""}`,
  };
}

/** @throws when the source has changed so that the sabotage no longer means what its name says. */
function apply(root: string, { file, from, to }: Sabotage["patches"][number]) {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  const found = text.split(from).length - 1;
  if (found !== 1) throw new Error(`${file}: the place to sabotage was found ${found} times, not once:\n${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}

function readRuns(root: string): Pick<Result, "verdict" | "violations">[] | null {
  const path = join(root, ".cache", "faults.json");
  if (!existsSync(path)) return null;
  return (JSON.parse(readFileSync(path, "utf8")) as { runs: Pick<Result, "verdict" | "violations">[] }).runs;
}

function runIn(cwd: string, command: string[], patienceMs: number): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    onEnd(() => void child.kill("SIGTERM"));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text));
    const late = setTimeout(() => child.kill("SIGTERM"), patienceMs);
    child.once("exit", (code) => {
      clearTimeout(late);
      resolve({ code, output });
    });
  });
}
