import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { explainAddress } from "./before-start.mjs";
import { ROOT } from "./project.mjs";
import { StartError } from "./start-error.mjs";

const STOP_PATIENCE_MS = 15_000;
const LOG_LIMIT_BYTES = 5_000_000;

/**
 * Starts the built program; `listening` gives its address, `ended` why it ended without being told. In a deployment its log goes where ours goes; elsewhere it
 * goes to `dataDir`/heradesk.log, and the screen stays readable.
 * @returns {{ listening: Promise<string>, ended: Promise<Error>, stop(): Promise<void> }}
 */
export function startProgram({ host, port, dataDir }, env) {
  const log = env.NODE_ENV === "production" && env.LOCAL_TRIAL !== "true" ? null : openLog(dataDir);
  const [out, err] = log ? [log.file, log.file] : ["inherit", "pipe"];
  const child = spawn(process.execPath, ["build/index.js"], {
    cwd: ROOT,
    env: { ...env, PORT: String(port) },
    detached: true, // Ctrl-C is for us to pass on, once
    stdio: ["ignore", out, err, "ipc"],
  });
  if (log) closeSync(log.file);
  const words = log ? () => readSince(log) : passOn(child);
  let stopping = false;
  const ended = new Promise((done) => {
    child.once("error", (error) => done(new StartError(`The server cannot be run: ${error.message}`)));
    child.once("close", (code, signal) => stopping || done(explainEnd(code ?? signal, words(), host, port)));
  });
  const listening = new Promise((done) => {
    child.on("message", ({ listening }) => listening && done(`http://${readable(host)}:${listening.port}`));
  });
  return {
    listening,
    ended,
    stop: () => {
      stopping = true;
      return stopChild(child);
    },
  };
}

function openLog(dataDir) {
  const path = join(dataDir, "heradesk.log");
  const full = existsSync(path) && statSync(path).size > LOG_LIMIT_BYTES;
  const file = openSync(path, full ? "w" : "a", 0o600);
  return { path, file, from: full ? 0 : statSync(path).size };
}

function readSince(log) {
  return readFileSync(log.path).subarray(log.from).toString();
}

/** What it complains of before it listens becomes our one line; later it is passed on. */
function passOn(child) {
  let said = "";
  let listening = false;
  child.on("message", () => (listening = true));
  child.stderr.on("data", (text) => (listening ? process.stderr.write(text) : (said += text)));
  return () => said;
}

async function stopChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
  await over;
  clearTimeout(timer);
}

/** The program's own last words when it left any: a line for people, or its last grave log entry. */
function explainEnd(how, said, host, port) {
  const lines = said.split("\n").filter(Boolean);
  const entries = lines.map(parseEntry);
  const grave = entries.findLast((entry) => entry?.level >= 50);
  const code = grave?.err?.code ?? lines.join(" ").match(/\bE(ADDRINUSE|ADDRNOTAVAIL|ACCES)\b/)?.[0];
  if (code && /EADDR|EACCES/.test(code)) return new StartError(explainAddress(code, host, port));
  const plain = lines.filter((line, i) => !entries[i] && !/^\s|^Node\.js v|^node:|^file:/.test(line));
  const words = plain.length > 0 ? plain.join("\n  ") : (grave?.err?.message ?? grave?.msg);
  return new StartError(
    words ? words.replace(/^Error: /, "") : `The server ended (${how}) without a word; its log may say more.`,
  );
}

function parseEntry(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function readable(host) {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
