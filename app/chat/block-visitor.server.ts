import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { logActivity } from "~/activity/log.server";
import { networkOf } from "~/auth/network.server";
import { exec, maybeOne, sql, transaction } from "~/db.server";
import { endBy } from "./end-chat.server";
import { NotFound } from "./errors";
import { findChatId } from "./find-chat.server";

const visitorRow = z.object({ visitor_id: z.string(), ip: z.string().nullable() });

/** Ends the chat politely and lets this visitor, by token and by address, start no other. @throws NotFound */
export async function blockVisitor(staff: Staff, sessionId: string): Promise<void> {
  await findChatId(staff, sessionId);
  await transaction(async (tx) => {
    const row = await maybeOne(visitorRow, sql`select visitor_id, ip from chat_sessions where id = ${sessionId}`, tx);
    if (!row) throw new NotFound();
    await exec(sql`update visitors set blocked_at = coalesce(blocked_at, now()) where id = ${row.visitor_id}`, tx);
    if (row.ip) {
      await exec(
        sql`insert into blocked_addresses (ip, blocked_by) values (${networkOf(row.ip)}, ${staff.userId}) on conflict do nothing`,
        tx,
      );
    }
    await logActivity(staff.userId, "visitor.blocked", sessionId, {}, tx);
  });
  await endBy(sessionId, sql`status in ('waiting', 'active')`, "resolved", `${staff.name} ended the chat`);
}

const blockedRow = z.object({ blocked: z.boolean() });

export async function isBlocked(visitorId: string, ip: string | null): Promise<boolean> {
  const row = await maybeOne(
    blockedRow,
    sql`select exists (select 1 from visitors where id = ${visitorId} and blocked_at is not null)
      or exists (select 1 from blocked_addresses where ip in (${ip}, ${networkOf(ip)})) as blocked`,
  );
  return row?.blocked ?? false;
}
