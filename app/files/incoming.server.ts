import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TooLarge } from "~/chat/errors";
import { INCOMING } from "./folder-storage.server";
import { sizeText } from "./shapes";
import { uploadsFolder } from "./storage.server";

/** What is older was left by a process that died. */
const LEFT_BEHIND_MS = 3_600_000;

const folder = () => join(uploadsFolder(), INCOMING);

/** A place for a file that is on its way; the caller removes what it wrote there. */
export async function incomingPath(): Promise<string> {
  await mkdir(folder(), { recursive: true });
  return join(folder(), randomBytes(16).toString("hex"));
}

/** Writes a stream to the disk, counting. @returns its size in bytes. @throws TooLarge as soon as it is */
export async function receive(stream: Readable, path: string, maxBytes: number): Promise<number> {
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) done(new TooLarge(`This file is too large: at most ${sizeText(maxBytes)}.`));
      else done(null, chunk);
    },
  });
  await pipeline(stream, count, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  return size;
}

export async function sha256Of(stream: Readable): Promise<Buffer> {
  const hash = createHash("sha256");
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest();
}

/** Removes what processes that died have left. @returns how many */
export async function sweepIncoming(now = Date.now()): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder()).catch(() => [])) {
    const path = join(folder(), name);
    const about = await stat(path).catch(() => null);
    if (!about || now - about.mtimeMs < LEFT_BEHIND_MS) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}
