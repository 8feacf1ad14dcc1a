import type { Readable } from "node:stream";
import { z } from "zod";
import type { Actor } from "~/auth/actor";
import { NotFound } from "~/chat/errors";
import { findChatId, findReadableChatId, isChatId as isUuid } from "~/chat/find-chat.server";
import { maybeOne, sql } from "~/db.server";
import { FileGone, onStorage } from "./storage-errors.server";
import { storageOf, type ByteRange } from "./storage.server";

const fileRow = z.object({
  session_id: z.string(),
  storage: z.enum(["folder", "s3"]),
  storage_key: z.string(),
  thumbnail_key: z.string().nullable(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  sha256: z.instanceof(Buffer),
});

export interface StoredFile {
  storage: "folder" | "s3";
  key: string;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  /** Made by us from pixels: nothing in it can run. */
  safeInline: boolean;
  etag: string;
}

const noSuchFile = () => new NotFound("There is no such file.");
const RASTER = /^image\/(jpeg|png|gif|webp)$/;

/**
 * A file that this one may see: it is in a message that they may read, or they uploaded it and have not sent it yet.
 * @throws NotFound for everything else
 */
export async function findFile(actor: Actor, id: string, which: "file" | "thumbnail" = "file"): Promise<StoredFile> {
  if (!isUuid(id)) throw noSuchFile();
  const visible =
    actor.kind === "customer"
      ? sql`a.visitor_id = ${actor.visitorId}
          and (m.visibility = 'all' or (m.seq is null and a.sender_type = 'customer'))`
      : sql`(m.seq is not null or a.sender_id = ${actor.userId})`;
  const row = await maybeOne(
    fileRow,
    sql`
      select a.session_id, a.storage, a.storage_key, a.thumbnail_key, a.name, a.type, a.size, a.sha256
      from attachments a
      left join message_attachments f on f.attachment_id = a.id
      left join messages m on m.session_id = f.session_id and m.seq = f.seq
      where a.id = ${id} and ${visible}`,
  );
  if (!row) throw noSuchFile();
  const find = actor.kind === "staff" ? findReadableChatId : findChatId;
  await find(actor, row.session_id).catch(() => Promise.reject(noSuchFile()));
  const { storage, name, type } = row;
  const etag = `"${row.sha256.toString("base64url")}${which === "thumbnail" ? "-t" : ""}"`;
  if (which === "file")
    return { storage, key: row.storage_key, name, type, size: row.size, safeInline: RASTER.test(type), etag };
  const key = row.thumbnail_key;
  const size = key && (await onStorage("look at a thumbnail", () => storageOf(storage).head(key)));
  if (!key || !size) throw noSuchFile();
  return { storage, key, name: `${name}.webp`, type: "image/webp", size, safeInline: true, etag };
}

/** @throws NotFound when the bytes are gone, StorageUnavailable when they cannot be reached */
export async function openFile({ storage, key }: StoredFile, range?: ByteRange): Promise<Readable> {
  try {
    return await onStorage("read a file", () => storageOf(storage).get(key, range));
  } catch (error) {
    throw error instanceof FileGone ? noSuchFile() : error;
  }
}

const LINK_SECONDS = 60;

/** A link that gives the bytes without us, for a minute; null where there are no links. */
export async function linkTo({ storage, key, type }: StoredFile, disposition: string): Promise<string | null> {
  const link = storageOf(storage).presign?.(key, { type, disposition, seconds: LINK_SECONDS });
  return link ?? null;
}
