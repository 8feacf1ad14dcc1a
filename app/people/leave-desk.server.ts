import type pg from "pg";
import { z } from "zod";
import { publish } from "~/chat/publish.server";
import { returnChatsOf } from "~/chat/return-chats.server";
import { exec, many, sql } from "~/db.server";
import { recordStatus } from "./attendance.server";

/** Ends every sign-in of somebody, as part of the transaction that takes their rights. @returns the sign-ins */
export async function endSignIns(tx: pg.PoolClient, userId: number): Promise<string[]> {
  const ended = await many(
    z.object({ id: z.string() }),
    sql`update auth_sessions set revoked_at = now() where user_id = ${userId} and revoked_at is null returning id`,
    tx,
  );
  await exec(sql`delete from cs_leases where user_id = ${userId}`, tx);
  return ended.map(({ id }) => id);
}

/** The same for somebody who answers no chats from now on. */
export async function leaveDesk(tx: pg.PoolClient, userId: number): Promise<string[]> {
  const left = await exec(
    sql`update cs_status set status = 'offline', away_at = null, changed_at = now() where user_id = ${userId} and status <> 'offline'`,
    tx,
  );
  if (left > 0) await recordStatus(tx, userId, "offline", "chosen");
  return endSignIns(tx, userId);
}

/** After that commit: open sockets close on every instance, and what they held goes back to the head of the queue. */
export async function returnToQueue(userId: number, byUserId: number, sids: string[]): Promise<void> {
  publish({ revoked: new Set(sids), agents: new Set([userId]), queue: true });
  await returnChatsOf(userId, byUserId);
}
