import type { Readable } from "node:stream";
import { env } from "~/env.server";
import { folderStorage } from "./folder-storage.server";
import { s3Storage } from "./s3-storage.server";

export type StorageKind = "folder" | "s3";

export interface ByteRange {
  /** First and last byte, both included. */
  start: number;
  end: number;
}

/** Where bytes are kept under random keys. All reject when the place cannot be reached. */
export interface Storage {
  readonly kind: StorageKind;
  /** For people who look at the log. */
  readonly place: string;
  /** When it resolves, the bytes are there whole; otherwise what may be there has to be deleted. `open` may be called again. */
  put(key: string, open: () => Readable, about: { size: number; type: string }): Promise<void>;
  /** @throws FileGone */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** Its size, null when there is no such file. */
  head(key: string): Promise<number | null>;
  /** Deleting what is not there is fine. */
  delete(key: string): Promise<void>;
  /** An address that gives the file to anybody for `seconds`, with exactly this type and disposition. */
  presign?(key: string, about: { type: string; disposition: string; seconds: number }): Promise<string>;
  /** Rejects when it cannot be used now. */
  check(): Promise<void>;
}

const opened = new Map<StorageKind, Storage>();

export function storageOf(kind: StorageKind): Storage {
  const known = opened.get(kind);
  if (known) return known;
  const storage = kind === "s3" ? s3Storage(env()) : folderStorage(uploadsFolder());
  opened.set(kind, storage);
  return storage;
}

/** Where new files go: S3 when it is set, else the folder. Files that are elsewhere stay readable there. */
export const currentStorage = (): Storage => storageOf(env().S3_BUCKET ? "s3" : "folder");

export const uploadsFolder = () => `${env().DATA_DIR}/uploads`;
