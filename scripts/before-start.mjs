import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { isAlive } from "./postgres-process.mjs";
import { StartError } from "./start-error.mjs";

/** @throws StartError when HeraDesk runs on this data folder already; a note of a killed one is no hindrance. */
export function refuseSecondStart({ dataDir }) {
  let running;
  try {
    running = JSON.parse(readFileSync(join(dataDir, "running.json"), "utf8"));
  } catch {
    return;
  }
  if (!isAlive(running.pid) || !isLauncher(running.pid)) return;
  throw new StartError(
    `HeraDesk is already running: ${running.url} (process ${running.pid}). Stop that one first, or give this one another PORT and DATA_DIR.`,
  );
}

/** Process ids are used again; where Linux shows the command line, it decides. */
function isLauncher(pid) {
  try {
    return /start\.mjs/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  } catch {
    return true;
  }
}

/** @throws StartError before anything long begins, when the address cannot be had */
export async function checkPort({ host, port }) {
  const probe = createServer();
  const code = await new Promise((done) => {
    probe.once("error", (error) => done(error.code));
    probe.listen(port, host, () => probe.close(() => done(null)));
  });
  if (code) throw new StartError(explainAddress(code, host, port));
}

/** What an error of `listen` means to the person who chose the address. */
export function explainAddress(code, host, port) {
  if (code === "EADDRINUSE") {
    return `PORT: ${port} is taken by another program; stop that one, or choose another port, as in PORT=${port + 1} npm start`;
  }
  if (code === "EACCES")
    return `PORT: ${port} is reserved on this machine; choose one above 1023, as in PORT=3002 npm start`;
  return `HOST: ${host} is no address of this machine (${code}); write 127.0.0.1 for this machine only, or 0.0.0.0 for all`;
}
