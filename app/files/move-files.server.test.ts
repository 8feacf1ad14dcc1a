import { readdir, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { many, sql } from "~/db.server";
import { customerInChat } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { temporaryFolder } from "~/testing/folder";
import { startS3 } from "~/testing/s3";
import { PDF } from "~/testing/upload";
import { moveFiles } from "./move-files.server";
import { findFile, openFile } from "./read-file.server";
import { storageOf } from "./storage.server";
import { deleteDueFiles } from "./sweep-files.server";
import { uploadFile } from "./upload-file.server";

process.env.DATA_DIR = temporaryFolder("move");
let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3();
  Object.assign(process.env, s3.env);
  return freshDatabase();
});
afterAll(() => s3.stop());

const places = () =>
  many(
    z.object({ id: z.string(), storage: z.string(), key: z.string() }),
    sql`select id, storage, storage_key as key from attachments order by created_at`,
  );

test("from S3 to the folder and back: the same bytes, nothing left behind, a damaged one stays and is named", async () => {
  const { customer } = await customerInChat();
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const up = (name: string, content: Buffer) =>
    uploadFile(customer, undefined, { name, declaredType: "", stream: Readable.from([content]) });
  const [pdf, picture] = [await up("a.pdf", PDF), await up("a.png", png)];
  expect((await places()).map(({ storage }) => storage)).toEqual(["s3", "s3"]);
  const read = async (id: string, which: "file" | "thumbnail" = "file") =>
    buffer(await openFile(await findFile(customer, id, which)));
  const before = [await read(pdf.id), await read(picture.id), await read(picture.id, "thumbnail")];

  const told: number[] = [];
  const moved = await moveFiles("folder", ({ moved }) => told.push(moved));
  expect(moved).toMatchObject({ files: 2, moved: 2, failed: 0 });
  expect(told).toEqual([1, 2]);
  expect([await read(pdf.id), await read(picture.id), await read(picture.id, "thumbnail")]).toEqual(before);
  expect(await moveFiles("folder", () => {})).toMatchObject({ files: 0, moved: 0 });
  // At once, while the old bytes are still to go.
  await moveFiles("s3", () => {});
  while ((await deleteDueFiles()) > 0);
  expect([await read(pdf.id), await read(picture.id), await read(picture.id, "thumbnail")]).toEqual(before);
  const left = await readdir(`${process.env.DATA_DIR}/uploads`, { recursive: true, withFileTypes: true });
  expect(left.filter((one) => one.isFile())).toEqual([]);

  await moveFiles("folder", () => {});
  const [first] = await places();
  await writeFile(`${process.env.DATA_DIR}/uploads/${first!.key.slice(0, 2)}/${first!.key}`, "something else");
  const problems: string[] = [];
  await moveFiles("s3", (_, problem) => problem && problems.push(problem));
  expect(problems).toEqual([`${pdf.id}: is damaged where it is`]);
  expect((await places()).map(({ storage }) => storage)).toEqual(["folder", "s3"]);
  while ((await deleteDueFiles()) > 0);
  expect(await storageOf("folder").head(first!.key)).not.toBeNull();
});
