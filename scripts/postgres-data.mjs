import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { join, resolve } from "node:path";
import { readNote, ROLE, writeNote } from "./postgres-note.mjs";
import { as, canEnter, chooseUser, openPlace } from "./postgres-user.mjs";
import { StartError } from "./start-error.mjs";

/** Makes the folder for everything this program keeps, and proves that it can be written. */
export function openDataDir(dataDir) {
  const path = resolve(dataDir);
  try {
    if (!fs.existsSync(path)) {
      fs.mkdirSync(path, { recursive: true });
      fs.chmodSync(path, 0o711); // entered by the user of the database, read by its owner only
    }
    const probe = join(path, `.probe-${process.pid}`);
    fs.writeFileSync(probe, "");
    fs.rmSync(probe);
    return fs.realpathSync(path);
  } catch (error) {
    throw new StartError(
      `DATA_DIR: ${path} cannot be written (${error.code}): make it writable for this user, or set DATA_DIR to another folder.`,
    );
  }
}

/** Where the database lives, and who runs it. */
export function findFolder(dataDir, onMove) {
  const here = join(dataDir, "postgres");
  const user = chooseUser(here);
  if (canEnter(user, dataDir)) return { folder: here, user };
  const place = openPlace(dataDir);
  const folder = join(place, "postgres");
  onMove?.(`The user ${user.name} may not enter ${dataDir}, so the database lives in ${folder}.`);
  return { folder, user: chooseUser(folder) };
}

/**
 * Makes the database where there is none yet, with a password of its own.
 */
export function prepareData(place) {
  const { folder, dataDir, binaries } = place;
  if (!fs.existsSync(join(folder, "PG_VERSION"))) initialise(place);
  checkVersion(folder, binaries);
  if (!readNote(dataDir).password) setNewPassword(place);
}

/** Made beside its place and moved there when complete, so that a kill in the middle leaves nothing half. */
function initialise({ binaries, folder, user, dataDir, settings }) {
  const unfinished = `${folder}.unfinished`;
  const passwordFile = `${folder}.password`;
  const password = newPassword();
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.rmSync(passwordFile, { force: true });
  try {
    fs.mkdirSync(unfinished, { mode: 0o700 });
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user) [unfinished, passwordFile].forEach((path) => fs.chownSync(path, user.uid, user.gid));
    runInitdb({ binaries, unfinished, passwordFile, user, settings });
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(unfinished, folder);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The database cannot be made in ${folder} (${error.code}): is the folder writable?`);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  writeNote(dataDir, { password });
}

function runInitdb({ binaries, unfinished, passwordFile, user, settings }) {
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = [`--username=${ROLE}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const hurry = settings.fsync === "off" ? ["--no-sync"] : [];
  const args = ["-D", unfinished, ...locale, ...access, ...hurry];
  const { status, stderr, error } = spawnSync(binaries.initdb, args, {
    ...as(user),
    cwd: "/",
    env: cleanEnv(),
    encoding: "utf8",
  });
  if (status === 0) return;
  const line =
    stderr?.split("\n").find((l) => /error:|FATAL|could not/.test(l)) ?? error?.message ?? `status ${status}`;
  throw new StartError(`The database cannot be made: ${line.replace(/^initdb: error: /, "")}`);
}

function checkVersion(folder, binaries) {
  const made = fs.readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (made === binaries.major) return;
  throw new StartError(
    `${folder} was made by PostgreSQL ${made}, and this is ${binaries.major}: move the folder away to begin anew, or go back to the version that made it.`,
  );
}

/** Somebody deleted the note: the server, run alone on its data, takes a new password without asking for the old. */
function setNewPassword({ binaries, folder, user, dataDir }) {
  const password = newPassword();
  const { status } = spawnSync(binaries.postgres, ["--single", "-D", folder, "postgres"], {
    ...as(user),
    cwd: folder,
    env: cleanEnv(),
    input: `alter user ${ROLE} password '${password}'\n`,
  });
  if (status !== 0) throw new StartError(`${folder} does not open: move it away to begin with an empty database.`);
  writeNote(dataDir, { password });
}

function newPassword() {
  return randomBytes(24).toString("base64url");
}

/** PG… variables of the caller would change what the server does. */
export function cleanEnv() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name)));
}
