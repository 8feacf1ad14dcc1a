import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "./start-error.mjs";

/**
 * PostgreSQL refuses to run as root, so root lends it an account: the one that owns the data already,
 * else `postgres`, else `nobody`. Everybody else runs it as themselves.
 * @returns {{ name: string, uid: number, gid: number } | null} null: as oneself
 */
export function chooseUser(folder) {
  if (process.getuid?.() !== 0) return null;
  const owner = existsSync(folder) ? statSync(folder).uid : 0;
  const names = owner > 0 ? [String(owner), "postgres", "nobody"] : ["postgres", "nobody"];
  for (const name of names) {
    const user = lookUp(name);
    if (user && user.uid !== 0) return user;
  }
  throw new StartError(
    "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as: add one (useradd -r postgres), or start HeraDesk as an ordinary user.",
  );
}

/** `id` asks whatever the machine keeps its accounts in. */
function lookUp(name) {
  const id = (flag) => spawnSync("id", [flag, name], { encoding: "utf8" }).stdout?.trim();
  const [uid, gid, real] = [id("-u"), id("-g"), id("-un")];
  return uid && gid && real ? { name: real, uid: Number(uid), gid: Number(gid) } : null;
}

/** What `spawn` needs to run something as that user. */
export function as(user) {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

/** Whether that user can enter the folder: folders above it may be closed, as /root is. */
export function canEnter(user, folder) {
  if (!user) return true;
  const { status } = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...as(user), cwd: "/", stdio: "ignore" });
  return status === 0;
}

/**
 * Where root puts what the lent account must reach when the project lies in a closed folder.
 * Always the same place for the same closed folder, so the next start finds it again.
 */
export function openPlace(closed) {
  const id = createHash("sha256").update(closed).digest("hex").slice(0, 12);
  const place = join("/var/lib/heradesk", id);
  try {
    mkdirSync(place, { recursive: true });
    chmodSync("/var/lib/heradesk", 0o755);
    chmodSync(place, 0o755);
  } catch (error) {
    throw new StartError(
      `${closed} cannot be entered by the user that runs PostgreSQL, and ${place} cannot be made (${error.code}): move the project out of the closed folder, or set DATA_DIR to a folder that others may enter.`,
    );
  }
  return place;
}
