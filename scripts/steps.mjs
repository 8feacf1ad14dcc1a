import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildIsCurrent, ROOT } from "./project.mjs";
import { capture } from "./run.mjs";
import { duration, step } from "./screen.mjs";

const STEP_LIMIT_MS = 20 * 60_000;

const tool = (path) => join(ROOT, "node_modules", path);
// A test in a browser waits half of its time: two cores have room for three of them.
const THREE_AT_ONCE = "--poolOptions.forks.maxForks=3";
const vitest = (...args) => [tool("vitest/vitest.mjs"), "run", "--config", "scripts/vitest.config.ts", ...args];

/**
 * What `npm test` does, in this order; neighbours with the same `beside` at the same time. `unless` is a reason to skip;
 * `others` says that later steps stand on it; `tests` that vitest counts, where any other step is one check.
 */
export const STEPS = [
  {
    name: "format",
    beside: "reading",
    doing: "prettier",
    run: [tool("prettier/bin/prettier.cjs"), "--check", "--log-level=warn", "."],
  },
  {
    name: "lint",
    beside: "reading",
    doing: "eslint",
    run: [tool("eslint/bin/eslint.js"), "--config", "scripts/eslint.config.js", "--max-warnings=0", "."],
  },
  { name: "typecheck", beside: "reading", doing: "tsc", run: [tool("typescript/bin/tsc"), "--noEmit"] },
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
    run: vitest("--project=whole", THREE_AT_ONCE, "tests/browser/"),
    tests: true,
    onDatabase: true,
    onBuild: true,
    unless: () => !existsSync(join(ROOT, "tests", "browser")) && "no tests/browser yet",
  },
  {
    name: "attacks",
    beside: "trouble",
    doing: "a short run of attacks",
    run: [tool("vite-node/vite-node.mjs"), "--config=scripts/vitest.config.ts", "scripts/attacks/run.ts", "--short"],
    onBuild: true,
    onDatabase: true,
  },
  {
    name: "faults",
    beside: "trouble",
    doing: "a short run of faults",
    run: [tool("vite-node/vite-node.mjs"), "--config=scripts/vitest.config.ts", "scripts/faults/run.ts", "--short"],
    onBuild: true,
    unless: () => !existsSync(join(ROOT, "scripts", "faults", "run.ts")) && "no scripts/faults/run.ts yet",
  },
];

/** Steps at the same time. @returns {Promise<{ name: string, passed: number, failed: number, ms: number, skipped?: string }[]>} */
export async function takeSteps(steps, env) {
  const results = steps.map(({ name, unless, done }) => {
    const skipped = unless?.();
    return skipped ? { ...result(name, 0, 0), skipped } : done?.() ? result(name, 1, 0) : null;
  });
  const left = steps.filter((_, i) => !results[i]);
  if (left.length === 0) return results;
  const began = Date.now();
  let taken = [];
  await step(namesOf(left), left.map(({ doing }) => doing).join(", "), async () => {
    taken = await Promise.all(left.map((one) => carryOut(one, env)));
    if (taken.some(({ failed }) => failed > 0)) return null;
    const tests = taken.reduce((sum, { passed }) => sum + passed, 0);
    return `${left.some((one) => one.tests) ? `${tests} passed, ` : ""}${duration(Date.now() - began)}`;
  });
  for (const { name, failure } of taken) if (failure !== undefined) console.log(`\n  ✗ ${name}\n\n${failure}\n`);
  return results.map((known) => known ?? taken.shift());
}

const namesOf = (steps) => steps.map(({ name }) => name).join(", ");

const result = (name, passed, failed, ms = 0) => ({ name, passed, failed, ms });

async function carryOut(what, env) {
  const began = Date.now();
  const report = join(ROOT, "test-results", `${what.name}.json`);
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = what.tests ? [...what.run, ...reporters] : what.run;
  const { code, output } = await capture(process.execPath, args, { cwd: ROOT, env, timeout: STEP_LIMIT_MS });
  const { passed, failed } = what.tests
    ? countTests(report, code)
    : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  return { ...result(what.name, passed, failed, Date.now() - began), failure: failed > 0 ? output.trim() : undefined };
}

/** A file that does not load or a leak after the last test fails no test, but it fails. */
function countTests(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
  return { passed: numPassedTests, failed: code === 0 ? numFailedTests : Math.max(1, numFailedTests) };
}
