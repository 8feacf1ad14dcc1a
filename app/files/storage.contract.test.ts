import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEnv } from "~/env.server";
import { startS3 } from "~/testing/s3";
import { folderStorage } from "./folder-storage.server";
import { s3Storage } from "./s3-storage.server";
import type { Storage } from "./storage.server";
import { FileGone } from "./storage-errors.server";

let folder: string;
let s3: Awaited<ReturnType<typeof startS3>>;
const storages: Partial<Record<string, Storage>> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heradesk-folder-"));
  s3 = await startS3();
  storages.folder = folderStorage(folder);
  storages.s3 = s3Storage(readEnv({ ...process.env, DATABASE_URL: "postgres://nobody", ...s3.env }));
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

const newKey = () => randomBytes(16).toString("hex");
const about = (size: number) => ({ size, type: "application/pdf" });

describe.each(["folder", "s3"])("%s", (kind) => {
  const storage = () => storages[kind]!;
  async function put(content: Buffer) {
    const key = newKey();
    await storage().put(key, () => Readable.from([content]), about(content.length));
    return key;
  }

  test("gives back what was put, whole and in part", async () => {
    await storage().check();
    const content = randomBytes(300_000);
    const key = await put(content);
    expect(await storage().head(key)).toBe(content.length);
    expect((await buffer(await storage().get(key))).equals(content)).toBe(true);
    const part = await buffer(await storage().get(key, { start: 10, end: 99_999 }));
    expect(part.equals(content.subarray(10, 100_000))).toBe(true);
  });

  test("what is not there is missing, not an error of the storage; deleting it is fine", async () => {
    const key = newKey();
    expect(await storage().head(key)).toBeNull();
    await expect(storage().get(key)).rejects.toBeInstanceOf(FileGone);
    await storage().delete(key);
  });

  test("what was deleted is gone", async () => {
    const key = await put(Buffer.from("short"));
    await storage().delete(key);
    expect(await storage().head(key)).toBeNull();
  });

  test("a source that breaks is never taken for a file", async () => {
    const key = newKey();
    const broken = () =>
      Readable.from(
        (async function* () {
          yield Buffer.alloc(1_000);
          throw new Error("cut");
        })(),
      );
    await expect(storage().put(key, broken, about(2_000))).rejects.toThrow();
    // Of a broken S3 request the server decides what is left; the list of deletions names it.
    if (kind === "folder") expect(await storage().head(key)).toBeNull();
    expect(await readdir(join(folder, "incoming")).catch(() => [])).toEqual([]);
  });
});

test("a link to S3 gives the bytes with the type and disposition that we say, for a minute", async () => {
  const key = newKey();
  await storages.s3!.put(key, () => Readable.from(["%PDF-"]), about(5));
  const link = await storages.s3!.presign!(key, {
    type: "application/pdf",
    disposition: "attachment; filename*=UTF-8''a.pdf",
    seconds: 60,
  });
  expect(new URL(link).searchParams.get("X-Amz-Expires")).toBe("60");
  const answer = await fetch(link);
  expect(await answer.text()).toBe("%PDF-");
  expect(answer.headers.get("content-type")).toContain("application/pdf");
  expect(answer.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''a.pdf");
});

test("a folder that does not exist, and a bucket that does not answer, are said to be unusable", async () => {
  const away = s3Storage(
    readEnv({ ...process.env, DATABASE_URL: "postgres://nobody", ...s3.env, S3_ENDPOINT: "http://127.0.0.1:9" }),
  );
  await expect(away.check()).rejects.toThrow();
  await expect(away.head(newKey())).rejects.toThrow();
  await expect(folderStorage(import.meta.filename).check()).rejects.toThrow();
});
