import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildIsCurrent, ROOT } from "./project.mjs";
import { capture } from "./run.mjs";
import { duration, step } from "./screen.mjs";

const STEP_LIMIT_MS = 20 * 60_000;

const tool = (path) => join(ROOT, "node_modules", path);
const vitest = (...args) => [tool("vitest/vitest.mjs"), "run", "--config", "scripts/vitest.config.ts", ...args];

/**
 * What `npm test` does, in this order. `unless` is a reason to skip; `others` says that later steps stand on it;
 * `tests` that vitest counts, where any other step is one check.
 */
export const STEPS = [
  { name: "format", doing: "prettier", run: [tool("prettier/bin/prettier.cjs"), "--check", "--log-level=warn", "."] },
  {
    name: "lint",
    doing: "eslint",
    run: [tool("eslint/bin/eslint.js"), "--config", "scripts/eslint.config.js", "--max-warnings=0", "."],
  },
  { name: "typecheck", doing: "tsc", run: [tool("typescript/bin/tsc"), "--noEmit"] },
  {
    name: "build",
    doing: "remix build",
    run: ["scripts/build.mjs"],
    done: () => buildIsCurrent() && "up to date",
    others: true,
  },
  { name: "unit", doing: "units and the database", run: vitest("--project=unit"), tests: true, onDatabase: true },
  {
    name: "instances",
    doing: "the whole program, also two of it",
    run: vitest("--project=whole", "--exclude=tests/browser/**"),
    tests: true,
    onDatabase: true,
    onBuild: true,
  },
  {
    name: "browser",
    doing: "the program in a browser",
    run: vitest("--project=whole", "tests/browser/"),
    tests: true,
    onDatabase: true,
    onBuild: true,
    unless: () => !existsSync(join(ROOT, "tests", "browser")) && "no tests/browser yet",
  },
  {
    name: "attacks",
    doing: "a short run of attacks",
    run: [tool("vite-node/vite-node.mjs"), "--config=scripts/vitest.config.ts", "scripts/attacks/run.ts", "--short"],
    onBuild: true,
    onDatabase: true,
  },
  {
    name: "faults",
    doing: "a short run of faults",
    run: [tool("vite-node/vite-node.mjs"), "--config=scripts/vitest.config.ts", "scripts/faults/run.ts", "--short"],
    onBuild: true,
    unless: () => !existsSync(join(ROOT, "scripts", "faults", "run.ts")) && "no scripts/faults/run.ts yet",
  },
];

/** @returns {Promise<{ name: string, passed: number, failed: number, ms: number, skipped?: string }>} */
export async function takeStep(what, env) {
  const began = Date.now();
  const result = (passed, failed) => ({ name: what.name, passed, failed, ms: Date.now() - began });
  const skipped = what.unless?.();
  if (skipped) return { ...result(0, 0), skipped };
  if (what.done?.()) return result(1, 0);
  let failure;
  let counted;
  await step(what.name, what.doing, async () => {
    const report = join(ROOT, "test-results", `${what.name}.json`);
    rmSync(report, { force: true });
    mkdirSync(dirname(report), { recursive: true });
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const args = what.tests ? [...what.run, ...reporters] : what.run;
    const { code, output } = await capture(process.execPath, args, { cwd: ROOT, env, timeout: STEP_LIMIT_MS });
    counted = what.tests ? countTests(report, code) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
    if (counted.failed > 0) failure = output.trim();
    return counted.failed > 0
      ? null
      : `${what.tests ? `${counted.passed} passed, ` : ""}${duration(Date.now() - began)}`;
  });
  if (failure !== undefined) console.log(`\n  ✗ ${what.name}\n\n${failure}\n`);
  return result(counted.passed, counted.failed);
}

/** A file that does not load or a leak after the last test fails no test, but it fails. */
function countTests(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
  return { passed: numPassedTests, failed: code === 0 ? numFailedTests : Math.max(1, numFailedTests) };
}
