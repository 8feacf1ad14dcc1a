import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "./start-error.mjs";

/** What the server says of itself in its data folder: one fact a line. */
export function readPidFile(folder) {
  try {
    const lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

/** The server that runs on this folder, whoever started it; a left-behind file or a reused process id is none. */
export function runningServer(folder) {
  const file = readPidFile(folder);
  return file && isAlive(file.pid) && serves(file.pid, folder) ? file : null;
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** A server works in its data folder; where that cannot be seen, its command line names the folder. */
function serves(pid, folder) {
  try {
    const [there, here] = [statSync(`/proc/${pid}/cwd`), statSync(folder)];
    return there.ino === here.ino && there.dev === here.dev;
  } catch {
    const { stdout } = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
    return /postgres/.test(stdout ?? "") && stdout.includes(folder);
  }
}

const STOP_SIGNALS = { smart: "SIGTERM", fast: "SIGINT", immediate: "SIGQUIT" };

/** Asks, then insists: a server that hangs in a fast stop gets an immediate one, and at last the kill. */
export async function stopProcess(pid, mode, signal = send) {
  for (const [name, patienceMs] of [
    [STOP_SIGNALS[mode], 15_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ]) {
    signal(pid, name);
    if (process.platform !== "win32") signal(pid, "SIGCONT"); // a frozen process hears nothing else
    if (await gone(pid, patienceMs)) return;
  }
  throw new StartError(`PostgreSQL (process ${pid}) does not stop: end it by hand.`);
}

export function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code === "ESRCH") return;
    throw new StartError(
      `PostgreSQL (process ${pid}) belongs to another user: stop it as that user, then start again.`,
    );
  }
}

async function gone(pid, patienceMs) {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    if (!isAlive(pid)) return true;
    await sleep(20);
  }
  return !isAlive(pid);
}
