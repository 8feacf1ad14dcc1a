import { ROOT, buildIsCurrent, packagesAreCurrent } from "./project.mjs";
import { lastLine, runQuietly } from "./run.mjs";
import { duration, step } from "./screen.mjs";

/** Brings the packages to what package-lock.json says, when they are not. */
export async function installPackages({ withDev = true } = {}) {
  if (packagesAreCurrent({ withDev })) return;
  await step("Packages", "installing, this takes a minute the first time", async () => {
    const began = Date.now();
    const npm = process.env.npm_execpath;
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const options = { cwd: ROOT, explain: explainNpm, env: withoutNpmSettings() };
    if (npm?.endsWith(".js")) await runQuietly(process.execPath, [npm, ...args], options);
    else await runQuietly("npm", args, { ...options, shell: process.platform === "win32" });
    return `installed in ${duration(Date.now() - began)}`;
  });
}

/** Builds the program when build/ is missing or older than its sources. */
export async function buildProgram() {
  if (buildIsCurrent()) return;
  await step("Program", "building", async () => {
    const began = Date.now();
    await runQuietly(process.execPath, ["scripts/build.mjs"], { cwd: ROOT, explain: (output) => output.trim() });
    return `built in ${duration(Date.now() - began)}`;
  });
}

/** The outer npm hands its settings down by environment; what it was told about this run is not for the inner one. */
function withoutNpmSettings() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config|lifecycle|package)_/.test(name)),
  );
}

function explainNpm(output) {
  const lines = output.split("\n").filter((line) => /^npm (error|ERR!) (?!code|A complete log)/.test(line));
  const text = (lines.slice(0, 2).join(" ") || lastLine(output)).replace(/npm (error|ERR!) /g, "");
  return `npm ci did not finish: ${text.trim()} (run npm ci to see all of it).`;
}
