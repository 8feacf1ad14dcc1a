import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { hush, red } from "./screen.mjs";
import { describe, StartError } from "./start-error.mjs";

const stops = [];
let stopping = null;

/** Registers what must be stopped before this process ends; the last started is stopped first. */
export function onStop(stop) {
  stops.push(stop);
}

/**
 * Runs a command of this project: errors become one line and exit code 1; Ctrl-C, SIGTERM and a closed terminal
 * stop everything that was started, with `signalCode`. `begin` hears of the signal, `over` when all is stopped.
 */
export async function main(work, { begin, over, signalCode = 0 } = {}) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (!stopping) begin?.(); // npm passes on what the terminal has sent already
      void end(signalCode, over);
    });
  }
  endWithNpm(() => end(signalCode, over));
  process.on("uncaughtException", fail);
  process.stdout.on("error", () => {}); // the reader of a pipe has gone: no reason to stop serving
  try {
    await work();
  } catch (error) {
    await fail(error);
  }
}

/** Shows the error and ends with code 1; when a stop is under way already, an error is only its echo. */
export async function fail(error) {
  if (stopping) return;
  console.error(`\n${red("✗")} ${describe(error)}`);
  await end(1);
}

/** @returns a promise for the end; a second call waits for the first. */
export function end(code, over) {
  stopping ??= stopAll().then(() => {
    over?.();
    process.exit(code);
  });
  return stopping;
}

/** Also what is still being started, and registers only now. */
async function stopAll() {
  hush();
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    await stop().catch((error) => console.error(describe(error)));
  }
}

/** npm that is killed outright cannot tell us; its going shows in who our parents are. */
function endWithNpm(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parents = ourParents();
  setInterval(() => ourParents() !== parents && stop(), 1_000).unref();
}

/** The shell that npm started us with, and, where Linux shows it, npm. */
function ourParents() {
  try {
    const afterName = readFileSync(`/proc/${process.ppid}/stat`, "utf8").split(") ").at(-1);
    return `${process.ppid} ${afterName?.split(" ")[1]}`;
  } catch {
    return String(process.ppid);
  }
}

/**
 * Runs a program to its end without showing what it says, unless it fails.
 * @param {(text: string) => string} explain makes the one line from its output
 * @throws StartError
 */
export async function runQuietly(command, args, { explain = lastLine, ...options } = {}) {
  const { code, output } = await capture(command, args, options);
  if (code !== 0) throw new StartError(explain(output));
  return output;
}

/** @returns {Promise<{ code: number, output: string }>} output is both streams as they came */
export async function capture(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  onStop(async () => void child.kill());
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((done) => {
    child.once("error", (error) => {
      output += `${command} cannot be run: ${error.message}`;
      done(1);
    });
    child.once("close", (status) => done(status ?? 1));
  });
  return { code, output };
}

export function lastLine(output) {
  return output.trim().split("\n").at(-1) ?? "";
}
