import { installPackages } from "./prepare.mjs";
import { buildIsCurrent } from "./project.mjs";
import { end, main, onStop } from "./run.mjs";
import { dim, duration, red } from "./screen.mjs";
import { describe, StartError } from "./start-error.mjs";
import { STEPS, takeSteps } from "./steps.mjs";

const results = [];

await main(check, { signalCode: 130 });

async function check() {
  const chosen = chooseSteps(process.argv.slice(2));
  const began = Date.now();
  const env = { ...process.env, CI: "true", NO_COLOR: "1" };
  delete env.FORCE_COLOR;
  if (await prepared(chosen, env)) {
    for (const steps of besideEachOther(chosen)) {
      results.push(...(await takeSteps(steps, env)));
      if (steps[0].others && results.at(-1).failed > 0) break;
    }
  }
  await report(Date.now() - began);
}

/** All steps, or those named on the command line with what they stand on. */
function chooseSteps(words) {
  const unknown = words.find((word) => !STEPS.some((step) => step.name === word));
  if (unknown) {
    const names = STEPS.map((step) => step.name).join(", ");
    throw new StartError(`npm test knows no step "${unknown}"; it knows ${names}.`);
  }
  if (words.length === 0) return STEPS;
  const named = STEPS.filter((step) => words.includes(step.name));
  const build = STEPS.find((step) => step.name === "build");
  return named.some((step) => step.onBuild) && !named.includes(build) && !buildIsCurrent() ? [build, ...named] : named;
}

/** Neighbours that can be taken at the same time, together. */
function besideEachOther(steps) {
  const groups = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.beside && last?.[0].beside === step.beside) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** Packages, and one database for all steps: DATABASE_URL when it is set, else an embedded one. */
async function prepared(chosen, env) {
  try {
    await installPackages();
    if (!chosen.some((step) => step.onDatabase)) return true;
    env.TEST_DATABASE_URL ??= env.DATABASE_URL || (await startDatabase());
    delete env.DATABASE_URL;
    return true;
  } catch (error) {
    console.error(`${red("✗")} ${describe(error)}`);
    results.push({ name: "prepare", passed: 0, failed: 1, ms: 0 });
    return false;
  }
}

async function startDatabase() {
  const { startTestPostgres } = await import("./test-postgres.mjs");
  const starting = startTestPostgres();
  onStop(() => starting.then((server) => server.discard()));
  return (await starting).url;
}

async function report(ms) {
  const [passed, failed] = [sum("passed"), sum("failed")];
  const line = (name, a, b, c) =>
    `  ${name.padEnd(12)}${String(a).padStart(7)}${String(b).padStart(8)}${c.padStart(11)}`;
  console.log(`\n${dim(line("", "passed", "failed", "time"))}`);
  for (const r of results) {
    console.log(
      (r.failed > 0 ? red : String)(line(r.name, r.passed, r.failed, r.skipped ? `  ${r.skipped}` : duration(r.ms))),
    );
  }
  console.log(`${dim(line("", "", "", duration(ms)))}\n`);
  await end(failed > 0 ? 1 : 0, () => console.log(`${passed} passed, ${failed} failed`));
}

function sum(what) {
  return results.reduce((total, result) => total + result[what], 0);
}
