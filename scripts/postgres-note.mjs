import * as fs from "node:fs";
import { join } from "node:path";

/** The account the database belongs to, inside PostgreSQL. */
export const ROLE = "heradesk";

/** What we must remember of the database: { password, port, owner }, owner being the process that started it. */
export function readNote(dataDir) {
  try {
    return JSON.parse(fs.readFileSync(join(dataDir, "database.json"), "utf8"));
  } catch {
    return {};
  }
}

export function writeNote(dataDir, changes) {
  const path = join(dataDir, "database.json");
  const unfinished = `${path}.${process.pid}`;
  fs.writeFileSync(unfinished, JSON.stringify({ ...readNote(dataDir), ...changes }), { mode: 0o600 });
  fs.renameSync(unfinished, path);
  shareWithOwner(path, dataDir);
}

/** After one start as root, the folder's own user must still be able to read and write everything. */
export function shareWithOwner(path, dataDir) {
  const { uid, gid } = fs.statSync(dataDir);
  if (process.getuid?.() === 0 && uid !== 0) fs.chownSync(path, uid, gid);
}

export function urlOf(dataDir) {
  const { port, password } = readNote(dataDir);
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${ROLE}`;
}
