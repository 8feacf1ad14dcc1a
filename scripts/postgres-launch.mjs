import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnv } from "./postgres-data.mjs";
import { readNote, shareWithOwner, writeNote } from "./postgres-note.mjs";
import { readPidFile, stopProcess } from "./postgres-process.mjs";
import { as } from "./postgres-user.mjs";
import { StartError } from "./start-error.mjs";

const START_PATIENCE_MS = 60_000;

/** Starts until it is ready. A taken port is changed; a predecessor that is still going away is waited for. */
export async function launch({ binaries, folder, user, dataDir, settings }) {
  const log = { path: join(dataDir, "postgres.log"), from: 0 };
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt < 3 ? readNote(dataDir).port : 0);
    writeNote(dataDir, { port, owner: process.pid });
    const out = openLog(log);
    const child = spawn(binaries.postgres, ["-D", folder, ...asArguments({ port, ...BASE_SETTINGS, ...settings })], {
      ...as(user),
      cwd: folder,
      env: cleanEnv(),
      detached: true,
      stdio: ["ignore", out, out],
    });
    fs.closeSync(out);
    const ended = new Promise((done) => child.once("exit", done).once("error", done));
    if (await ready(child, ended, folder)) {
      const guard = startGuard(child, user);
      return { child, log, ended: ended.then(guard.stop) };
    }
    const reason = lastWords(log);
    if (attempt >= 20 || !/could not bind|could not create any TCP|shared memory block|lock file/.test(reason)) {
      throw new StartError(`The database does not start: ${reason}`);
    }
    await sleep(250);
  }
}

const BASE_SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

function asArguments(settings) {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function ready(child, ended, folder) {
  let over = false;
  ended.then(() => (over = true));
  child.unref();
  for (const until = Date.now() + START_PATIENCE_MS; Date.now() < until && !over; await sleep(20)) {
    const file = readPidFile(folder);
    if (file?.ready && file.pid === child.pid) return true;
  }
  if (!over) await stopProcess(child.pid, "immediate");
  return false;
}

/** Waits for the end of its input, which comes when this process is gone, however it went. */
function startGuard(child, user) {
  if (process.platform === "win32") return { stop() {} };
  const watcher = spawn("/bin/sh", ["-c", 'read -r _; kill -INT "$1"', "heradesk-database-guard", String(child.pid)], {
    ...as(user),
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  watcher.stdin.unref();
  watcher.stdin.on("error", () => {});
  return { stop: () => watcher.kill("SIGKILL") };
}

const LOG_LIMIT_BYTES = 5_000_000;

function openLog(log) {
  const size = fs.existsSync(log.path) ? fs.statSync(log.path).size : 0;
  const out = fs.openSync(log.path, size > LOG_LIMIT_BYTES ? "w" : "a", 0o600);
  shareWithOwner(log.path, dirname(log.path));
  log.from = fs.fstatSync(out).size;
  return out;
}

/** The line of the log that says why it ended. */
export function lastWords(log) {
  const text = fs.readFileSync(log.path).subarray(log.from).toString();
  const lines = text.split("\n").filter((line) => line.trim());
  const line = lines.findLast((l) => /FATAL|PANIC|could not/.test(l)) ?? lines.at(-1) ?? "it said nothing";
  return `${line.replace(/^.*?(FATAL|PANIC|LOG|WARNING): +/, "")} (see ${log.path})`;
}

/** The wanted port when nothing listens on it, else any free one. */
function freePort(wanted = 0) {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", (error) => (wanted ? done(freePort()) : fail(error)));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
