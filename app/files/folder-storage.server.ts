import { constants } from "node:fs";
import { access, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import type { Storage } from "./storage.server";
import { FileGone } from "./storage-errors.server";

export const INCOMING = "incoming";

/** Files in a folder, spread over 256 of them. A file appears under its name only when all of it is on the disk. */
export function folderStorage(folder: string): Storage {
  const pathOf = (key: string) => join(folder, key.slice(0, 2), key);
  return {
    kind: "folder",
    place: folder,
    async put(key, source) {
      const [final, part] = [pathOf(key), join(folder, INCOMING, `${key}.part`)];
      await Promise.all([mkdir(dirname(final), { recursive: true }), mkdir(dirname(part), { recursive: true })]);
      try {
        await writeDurably(part, source());
        await rename(part, final);
        await syncFolder(dirname(final));
      } catch (error) {
        await rm(part, { force: true }).catch(() => {});
        throw error;
      }
    },
    async get(key, range) {
      const file = await open(pathOf(key)).catch(whenMissing(() => Promise.reject(new FileGone())));
      return file.createReadStream({ start: range?.start, end: range?.end });
    },
    head: (key) =>
      stat(pathOf(key)).then(
        ({ size }) => size,
        whenMissing(() => null),
      ),
    delete: (key) => rm(pathOf(key), { force: true }),
    async check() {
      await mkdir(join(folder, INCOMING), { recursive: true });
      await access(folder, constants.W_OK);
    },
  };
}

async function writeDurably(path: string, source: Readable) {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(source);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name is on the disk too. */
async function syncFolder(path: string) {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const whenMissing =
  <T>(then: () => T) =>
  (error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return then();
    throw error;
  };
