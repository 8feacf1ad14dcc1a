import type pg from "pg";
import { z } from "zod";
import { countTry } from "~/auth/rate-limit.server";
import { TooLarge } from "~/chat/errors";
import { exec, one, sql, type Db, db } from "~/db.server";
import { fileQuotas } from "./file-limits.server";

const DAY_S = 86_400;
/** Adding up every file there is takes a moment: not for each upload. */
const TOTAL_MAX_AGE_MS = 10_000;
const bytesRow = z.object({ bytes: z.number() });

let total: { bytes: number; at: number } | null = null;

/** Before a byte is taken. @throws RateLimited, TooLarge */
export async function checkQuotas(sessionId: string, visitorId: string, byCustomer: boolean): Promise<void> {
  const { perChatAndDay, customerBytes, totalBytes } = await fileQuotas();
  await countTry(`upload:${sessionId}`, perChatAndDay, DAY_S);
  if (totalBytes > 0 && (await storedInAll()) >= totalBytes) throw noRoom();
  if (byCustomer && customerBytes > 0 && (await storedOf(visitorId)) >= customerBytes) throw noRoom();
}

/** In the transaction that stores the row: files of one customer that arrive together are counted one after the other. */
export async function reserve(tx: pg.PoolClient, visitorId: string, bytes: number): Promise<void> {
  const { customerBytes } = await fileQuotas();
  if (customerBytes === 0) return;
  await exec(sql`select pg_advisory_xact_lock(hashtextextended(${`files:${visitorId}`}, 0))`, tx);
  if ((await storedOf(visitorId, tx)) + bytes > customerBytes) throw noRoom();
}

const noRoom = () => new TooLarge("There is no room for more files at the moment.");

const storedOf = async (visitorId: string, on: Db = db()) =>
  (
    await one(
      bytesRow,
      sql`select coalesce(sum(size), 0)::bigint as bytes from attachments
        where visitor_id = ${visitorId} and sender_type = 'customer'`,
      on,
    )
  ).bytes;

async function storedInAll(): Promise<number> {
  if (total && performance.now() - total.at < TOTAL_MAX_AGE_MS) return total.bytes;
  const { bytes } = await one(bytesRow, sql`select coalesce(sum(size), 0)::bigint as bytes from attachments`);
  total = { bytes, at: performance.now() };
  return bytes;
}
