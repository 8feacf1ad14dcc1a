import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { v4 as uuidv4 } from "uuid";
import type { Actor } from "~/auth/actor";
import { Invalid, Overloaded } from "~/chat/errors";
import { one, sql, transaction } from "~/db.server";
import { env } from "~/env.server";
import { settings } from "~/settings/settings.server";
import { atATime } from "./at-a-time";
import { shownColumns, shownFile, toAttachment } from "./attachment-row.server";
import { chatForFiles } from "./chat-for-files.server";
import { requireContent, typeByName } from "./decide-type.server";
import { expectFiles, giveUpExpected, keepExpected, newKey } from "./expected-files.server";
import { fileRules } from "./file-limits.server";
import { cleanFileName } from "./file-name";
import { incomingPath, receive, sha256Of } from "./incoming.server";
import { rewritePicture } from "./picture.server";
import { checkQuotas, reserve } from "./quota.server";
import { scanFile } from "./scan.server";
import type { Attachment } from "./shapes";
import { currentStorage, type Storage } from "./storage.server";
import { onStorage } from "./storage-errors.server";

export interface Incoming {
  /** What the sender calls it: shown, never used as a path. */
  name: string;
  declaredType: string;
  stream: Readable;
  /** The sender has gone or changed their mind. */
  gone?: AbortSignal;
}

/** A file under a random key of 128 bits, with what is needed to put it there. */
interface Part {
  key: string;
  path: string;
  size: number;
  type: string;
}

const storing = atATime(8, 200, () => new Overloaded(5));

/**
 * Takes one file into a chat, where its sender can put it into one message. Nothing of it stays when this throws; what a
 * process that dies leaves behind is swept.
 * @throws NotFound, Conflict, RateLimited, TooLarge, UnsupportedType, Invalid, StorageUnavailable
 */
export async function uploadFile(actor: Actor, sessionId: string | undefined, file: Incoming): Promise<Attachment> {
  const chat = await chatForFiles(actor, sessionId);
  const rules = await fileRules();
  const name = cleanFileName(file.name);
  const known = typeByName(name, file.declaredType, rules.extensions);
  await checkQuotas(chat.id, chat.visitor_id, actor.kind === "customer");
  const path = await onStorage("make room for a file", incomingPath);
  const [picturePath, thumbnailPath] = [`${path}.picture`, `${path}.thumbnail`];
  try {
    const size = await onStorage("receive a file", () => receive(file.stream, path, rules.maxBytes));
    if (size === 0) throw new Invalid("This file is empty.");
    await requireContent(path, name, known);
    const { CLAMAV_HOST } = env();
    if (CLAMAV_HOST) await scanFile(CLAMAV_HOST, path, (await settings()).scanUnreachable);
    const picture = known.raster
      ? await onStorage("write a picture", () => rewritePicture(path, picturePath, thumbnailPath))
      : null;
    const main = picture ? partAt(picturePath, picture.size, known.type) : partAt(path, size, known.type);
    const thumbnail = picture && partAt(thumbnailPath, picture.thumbnailSize, "image/webp");
    file.gone?.throwIfAborted();
    return await keep(actor, chat, name, main, thumbnail, picture);
  } finally {
    await Promise.all([path, picturePath, thumbnailPath].map((one) => rm(one, { force: true }).catch(() => {})));
  }
}

const partAt = (path: string, size: number, type: string): Part => ({
  key: newKey(),
  path,
  size,
  type,
});

/** Bytes first, row last. */
async function keep(
  actor: Actor,
  chat: { id: string; visitor_id: string },
  name: string,
  main: Part,
  thumbnail: Part | null,
  size: { width: number; height: number } | null,
): Promise<Attachment> {
  const storage = currentStorage();
  const parts = thumbnail ? [main, thumbnail] : [main];
  const keys = parts.map(({ key }) => key);
  const sha256 = await sha256Of(createReadStream(main.path));
  await expectFiles(storage.kind, keys);
  try {
    await storing(() => onStorage("store a file", () => putAll(storage, parts)));
    return await transaction(async (tx) => {
      if (actor.kind === "customer") await reserve(tx, chat.visitor_id, main.size);
      const row = await one(
        shownFile,
        sql`
          insert into attachments as a (id, session_id, visitor_id, sender_type, sender_id, storage, storage_key,
            thumbnail_key, name, type, size, sha256, width, height)
          values (${uuidv4()}, ${chat.id}, ${chat.visitor_id}, ${actor.kind === "customer" ? "customer" : "cs"},
            ${actor.kind === "customer" ? null : actor.userId}, ${storage.kind}, ${main.key}, ${thumbnail?.key ?? null},
            ${name}, ${main.type}, ${main.size}, ${sha256}, ${size?.width ?? null}, ${size?.height ?? null})
          returning ${shownColumns}`,
        tx,
      );
      await keepExpected(tx, keys);
      return toAttachment(row);
    });
  } catch (error) {
    await giveUpExpected(keys);
    throw error;
  }
}

async function putAll(storage: Storage, parts: Part[]) {
  for (const { key, path, size, type } of parts) await storage.put(key, () => createReadStream(path), { size, type });
}
