import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { exec, many, one, sql, transaction } from "~/db.server";
import { expectFiles, giveUpExpected, keepExpected, newKey } from "./expected-files.server";
import { incomingPath, sha256Of } from "./incoming.server";
import { storageOf, type StorageKind } from "./storage.server";

const AT_ONCE = 50;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

const leftRow = z.object({ files: z.number() });
const fileRow = z.object({
  id: z.string(),
  storage: z.enum(["folder", "s3"]),
  storage_key: z.string(),
  thumbnail_key: z.string().nullable(),
  type: z.string(),
  sha256: z.instanceof(Buffer),
});
type FileRow = z.infer<typeof fileRow>;

export interface Progress {
  files: number;
  moved: number;
  bytes: number;
  failed: number;
}

/**
 * Moves every file that is elsewhere to `to`, while the program goes on: each is copied under a new key, read back and
 * compared by its hash, and only then belongs there; its old bytes go by the list of deletions. Stopped in the middle, it
 * goes on where it was. What cannot be moved stays where it is, and `tell` hears why. @returns the last progress
 */
export async function moveFiles(to: StorageKind, tell: (progress: Progress, problem?: string) => void) {
  await storageOf(to).check();
  const { files } = await one(leftRow, sql`select count(*) as files from attachments where storage <> ${to}`);
  const progress: Progress = { files, moved: 0, bytes: 0, failed: 0 };
  let after = BEFORE_ALL;
  for (let page: FileRow[] | null = null; page === null || page.length > 0;) {
    page = await filesAfter(after, to === "s3" ? "folder" : "s3");
    for (const file of page) {
      after = file.id;
      try {
        progress.bytes += await moveOne(file, to);
        progress.moved++;
        tell(progress);
      } catch (error) {
        progress.failed++;
        tell(progress, `${file.id}: ${(error as Error).message || (error as Error).name}`);
      }
    }
  }
  return progress;
}

const filesAfter = (after: string, from: StorageKind) =>
  many(
    fileRow,
    sql`select id, storage, storage_key, thumbnail_key, type, sha256 from attachments
      where storage = ${from} and id > ${after} order by id limit ${AT_ONCE}`,
  );

async function moveOne(file: FileRow, to: StorageKind): Promise<number> {
  const old = [file.storage_key, file.thumbnail_key].filter((key) => key !== null);
  const keys = old.map(newKey);
  await expectFiles(to, keys);
  try {
    let bytes = 0;
    for (const [i, key] of old.entries()) {
      bytes += await copy(file, key, keys[i]!, to);
    }
    await transaction(async (tx) => {
      const moved = await exec(
        sql`update attachments set storage = ${to}, storage_key = ${keys[0]}, thumbnail_key = ${keys[1] ?? null}
          where id = ${file.id} and storage_key = ${file.storage_key}`,
        tx,
      );
      if (moved === 0) throw new Error("was erased meanwhile");
      await keepExpected(tx, keys);
      await exec(
        sql`insert into file_deletions (storage_key, storage) select key, ${file.storage} from unnest(${old}::text[]) key`,
        tx,
      );
    });
    return bytes;
  } catch (error) {
    await giveUpExpected(keys);
    throw error;
  }
}

/** @returns its bytes. @throws when what arrived is not what the row remembers, or not what was sent */
async function copy(file: FileRow, from: string, key: string, to: StorageKind): Promise<number> {
  const path = await incomingPath();
  try {
    await pipeline(await storageOf(file.storage).get(from), createWriteStream(path, { flags: "wx", mode: 0o600 }));
    const { size } = await stat(path);
    const sent = await sha256Of(createReadStream(path));
    if (from === file.storage_key && !sent.equals(file.sha256)) throw new Error("is damaged where it is");
    const type = from === file.storage_key ? file.type : "image/webp";
    await storageOf(to).put(key, () => createReadStream(path), { size, type });
    if (!sent.equals(await sha256Of(await storageOf(to).get(key)))) throw new Error("did not arrive as it was sent");
    return size;
  } finally {
    await rm(path, { force: true });
  }
}
