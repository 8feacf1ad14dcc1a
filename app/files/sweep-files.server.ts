import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { exec, many, sql } from "~/db.server";
import { env } from "~/env.server";
import { log } from "~/log.server";
import { sweepIncoming } from "./incoming.server";
import { storageOf } from "./storage.server";

const ORPHAN_HOURS = 24;
const AT_ONCE = 50;
const LONGEST_PAUSE_SECONDS = 3_600;
const TICK_MS = 10_000;

const dueRow = z.object({ storage_key: z.string(), storage: z.enum(["folder", "s3"]) });

/** Files that were uploaded and never sent go after a day. @returns how many rows went; their bytes are on the list */
export function dropOrphans(): Promise<number> {
  return exec(sql`
    delete from attachments a where a.created_at < now() - make_interval(hours => ${ORPHAN_HOURS})
      and not exists (select 1 from message_attachments f where f.attachment_id = a.id)`);
}

/**
 * Deletes bytes that are due. A storage that cannot be reached only delays: each try is later than the one before, at
 * most an hour; what was deleted by a process that died before it said so is deleted again. @returns how many went
 */
export async function deleteDueFiles(): Promise<number> {
  const due = await many(
    dueRow,
    sql`
      update file_deletions set tries = tries + 1,
        due_at = now() + make_interval(secs => least(${LONGEST_PAUSE_SECONDS}::float8, 30 * power(2, least(tries, 10))))
      where storage_key in (
        select storage_key from file_deletions where due_at <= now() and storage = any (${within()}::text[])
        order by due_at limit ${AT_ONCE} for update skip locked)
      returning storage_key, storage`,
  );
  const gone: string[] = [];
  // One that is away must not hold up the other, nor be asked again for each file.
  const away = new Set<string>();
  for (const { storage_key, storage } of due) {
    if (away.has(storage)) continue;
    try {
      await storageOf(storage).delete(storage_key);
      gone.push(storage_key);
    } catch (error) {
      log().warn({ error: String(error), storage, left: due.length - gone.length }, "a file could not be deleted yet");
      away.add(storage);
    }
  }
  if (gone.length > 0) await exec(sql`delete from file_deletions where storage_key = any (${gone})`);
  return gone.length;
}

/** The storages that this instance knows the way to. */
const within = () => (env().S3_BUCKET ? ["folder", "s3"] : ["folder"]);

/** Every instance looks after files; each step can be done by several at once. @returns stop */
export function startSweepingFiles(): () => Promise<void> {
  const stopping = new AbortController();
  const run = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await delay(TICK_MS * (0.75 + Math.random() / 2), undefined, { signal: stopping.signal });
        await dropOrphans();
        while ((await deleteDueFiles()) === AT_ONCE);
        await sweepIncoming();
      } catch (error) {
        if (!stopping.signal.aborted) log().warn({ error: String(error) }, "sweeping files failed");
      }
    }
  })();
  return async () => {
    stopping.abort();
    await run;
  };
}
