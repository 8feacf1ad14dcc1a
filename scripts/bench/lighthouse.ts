import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBrowser } from "../../app/testing/browser.ts";
import { onEnd, undoAll } from "../faults/cleanup.ts";
import { PROGRAM } from "./contestants.ts";
import { startDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { heradeskEnv } from "./heradesk.ts";
import { startServer } from "./processes.ts";
import { table } from "./table.ts";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const LEAST = 95;

interface Report {
  lighthouseVersion: string;
  categories: Record<string, { title: string; score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; displayValue?: string; numericValue?: number }>;
}

/** Lighthouse on the landing page, of this machine alone. Not a dependency: npx brings it, once. */
export async function benchLighthouse() {
  const database = await startDatabase();
  const { APP_ORIGIN: _, ...env } = heradeskEnv(await database.empty("bench_lighthouse"));
  const program = await startServer([PROGRAM], { ...env, LOCAL_TRIAL: "true" });
  const report = await examine(`http://127.0.0.1:${program.port}/`);
  await undoAll();
  const scores = CATEGORIES.map((name) => {
    const { title = name, score = NaN, auditRefs = [] } = report.categories[name] ?? {};
    return { title, score: Math.round(score * 100), lost: auditRefs.filter(costs(report)).map(({ id }) => id) };
  });
  console.log(`\nLighthouse ${report.lighthouseVersion} on the landing page\n`);
  console.log(
    table(
      ["category", "score", "what costs points"],
      scores.map(({ title, score, lost }) => [title, score, lost.join(", ") || "–"]),
    ),
  );
  const timing = [
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
  ];
  console.log(timing.map((id) => `${report.audits[id]?.title}: ${report.audits[id]?.displayValue}`).join(", "));
  return { scores, goals: scores.map(({ title, score }) => goal(`Lighthouse, ${title}`, score, { least: LEAST })) };
}

const costs =
  ({ audits }: Report) =>
  ({ id, weight }: { id: string; weight: number }) =>
    weight > 0 && (audits[id]?.score ?? 1) < 0.9;

async function examine(url: string): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "heradesk-lighthouse-"));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  const { executablePath, env } = await findBrowser();
  const path = join(folder, "report.json");
  const flags = `--headless --no-sandbox --no-zygote --disable-gpu --user-data-dir=${join(folder, "profile")}`;
  await promisify(execFile)(
    "npx",
    [
      "--yes",
      "lighthouse@12",
      url,
      `--only-categories=${CATEGORIES.join()}`,
      "--output=json",
      `--output-path=${path}`,
      `--chrome-flags=${flags}`,
      "--quiet",
    ],
    { env: { ...process.env, ...env, CHROME_PATH: executablePath }, maxBuffer: 64 * 1_048_576 },
  );
  return JSON.parse(readFileSync(path, "utf8")) as Report;
}
