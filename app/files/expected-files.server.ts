import { randomBytes } from "node:crypto";
import type pg from "pg";
import { exec, sql } from "~/db.server";
import type { StorageKind } from "./storage.server";

/** Longer than anything may take to be stored. */
const STORING_SECONDS = 3_600;

/** 128 random bits: nobody guesses where a file is. */
export const newKey = () => randomBytes(16).toString("hex");

/**
 * Before bytes are stored: until a row knows their keys they are on the list of what has to go, so that no crash in
 * between leaves a file that nobody knows.
 */
export const expectFiles = (storage: StorageKind, keys: string[]) =>
  exec(sql`
    insert into file_deletions (storage_key, storage, due_at)
    select key, ${storage}, now() + make_interval(secs => ${STORING_SECONDS}) from unnest(${keys}::text[]) key`);

/** In the transaction that writes the row. @throws when they took so long that they were swept */
export async function keepExpected(tx: pg.PoolClient, keys: string[]): Promise<void> {
  const waiting = await exec(sql`delete from file_deletions where storage_key = any (${keys})`, tx);
  if (waiting !== keys.length) throw new Error("a file was swept while it was being stored");
}

/** It came to nothing: the bytes may go now. */
export const giveUpExpected = (keys: string[]) =>
  exec(sql`update file_deletions set due_at = now() where storage_key = any (${keys})`).catch(() => {});
