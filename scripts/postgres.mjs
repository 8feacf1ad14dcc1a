import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { findBinaries } from "./postgres-binaries.mjs";
import { findFolder, openDataDir, prepareData } from "./postgres-data.mjs";
import { lastWords, launch } from "./postgres-launch.mjs";
import { readNote, urlOf } from "./postgres-note.mjs";
import { isAlive, runningServer, send, stopProcess } from "./postgres-process.mjs";
import { StartError } from "./start-error.mjs";

/**
 * Starts the PostgreSQL that came with npm on `dataDir`/postgres and makes the database `heradesk`.
 * It listens on 127.0.0.1 only, on a free port that is kept for the next start, with a generated password kept in
 * `dataDir`/database.json (mode 600). It has a process group of its own, so Ctrl-C reaches us first, and a guard
 * that stops it when this process dies without a word.
 *
 * `settings` are PostgreSQL's own, as { fsync: "off" }. `onExit` hears of an end that nobody asked for,
 * `onMove` of a data folder that had to lie elsewhere because the user who runs the database cannot enter it.
 * @throws StartError with one line
 */
export async function startPostgres({ dataDir, settings = {}, onExit, onMove }) {
  dataDir = openDataDir(dataDir);
  const { folder, user } = findFolder(dataDir, onMove);
  const place = { dataDir, folder, user, binaries: findBinaries(user), settings };
  await endLeftover(place);
  prepareData(place);
  const server = serverOn(place, onExit);
  await server.start();
  await createDatabase(server.url).catch(async (error) => {
    await server.stop();
    throw error;
  });
  return server;
}

/**
 * The server that another command of this project keeps running on `dataDir`, else one of our own.
 * @returns {Promise<{ url: string, stop(): Promise<void> }>} stop leaves a borrowed server alone
 */
export async function borrowPostgres(options) {
  const dataDir = openDataDir(options.dataDir);
  const running = runningServer(findFolder(dataDir).folder);
  if (running?.ready && isAlive(readNote(dataDir).owner)) return { url: urlOf(dataDir), stop: async () => {} };
  return startPostgres({ ...options, dataDir });
}

function serverOn(place, onExit) {
  let run = null;
  return {
    dataDir: place.dataDir,
    folder: place.folder,
    url: undefined,
    get pid() {
      return run?.child.pid ?? null;
    },
    async start() {
      if (run?.ending) await run.ended;
      if (run) return;
      const mine = (run = { ...(await launch(place)), ending: false });
      this.url = urlOf(place.dataDir);
      mine.ended.then(() => {
        if (run === mine) run = null;
        if (!mine.ending) onExit?.(new StartError(`The database stopped: ${lastWords(mine.log)}`));
      });
    },
    async stop(mode = "fast") {
      if (!run) return;
      run.ending = true;
      await Promise.all([run.ended, stopProcess(run.child.pid, mode, signaller(place.binaries))]);
    },
    async restart(mode = "fast") {
      await this.stop(mode);
      await this.start();
    },
    signal(name) {
      if (!run) return;
      if (name !== "SIGSTOP" && name !== "SIGCONT") run.ending = true;
      send(run.child.pid, name);
    },
  };
}

async function endLeftover({ folder, dataDir }) {
  const running = runningServer(folder);
  if (running) {
    const { owner } = readNote(dataDir);
    if (owner !== process.pid && isAlive(owner)) {
      throw new StartError(
        `The database in ${dataDir} is in use by process ${owner}: stop that first, or set DATA_DIR to another folder.`,
      );
    }
    await stopProcess(running.pid, "fast");
  }
  // Left by a kill -9. The server would refuse when its old process id now belongs to something else.
  rmSync(join(folder, "postmaster.pid"), { force: true });
}

async function createDatabase(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url.replace(/[^/]+$/, "postgres") });
  await client.connect();
  try {
    const name = basename(new URL(url).pathname);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}

function signaller(binaries) {
  if (process.platform !== "win32") return send;
  return (pid, signal) => spawnSync(binaries.pgCtl, ["kill", signal.slice(3), String(pid)]);
}

export { openDataDir };
