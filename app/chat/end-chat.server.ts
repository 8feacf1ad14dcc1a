import { z } from "zod";
import { maybeOne, sql, transaction } from "~/db.server";
import type { Customer, Staff } from "~/auth/actor";
import { logActivity } from "~/activity/log.server";
import { appendEvent } from "./append-event.server";
import { Conflict, NotFound } from "./errors";
import { currentChatId, findChatId } from "./find-chat.server";
import { publish, publishRows } from "./publish.server";
import { serveQueue } from "./serve-queue.server";
import type { EndReason } from "./shapes";

const endedRow = z.object({ id: z.string(), cs_id: z.number().nullable() });

/** The agent who holds the chat (or an admin) says that it is done. @throws NotFound, Conflict when it has ended. */
export async function resolveChat(staff: Staff, chatId: string): Promise<void> {
  await findChatId(staff, chatId);
  const mine = staff.role === "admin" ? sql`true` : sql`cs_id = ${staff.userId}`;
  const ended = await endBy(
    chatId,
    sql`status in ('waiting', 'active') and ${mine}`,
    "resolved",
    `${staff.name} ended the chat`,
  );
  if (!ended) throw new Conflict("This chat has ended.");
  await logActivity(staff.userId, "chat.resolved", chatId);
}

/** The customer ends their open chat. @throws NotFound when there is none. */
export async function endChat(customer: Customer): Promise<{ sessionId: string }> {
  const chatId = await currentChatId(customer);
  if (!chatId) throw new NotFound("You have no open chat.");
  await endBy(chatId, sql`status in ('waiting', 'active')`, "customer", "The customer ended the chat");
  return { sessionId: chatId };
}

/** Ends a chat on a condition that is checked in the same statement. @returns whether it was this call. */
export async function endBy(chatId: string, condition: ReturnType<typeof sql>, reason: EndReason, content: string) {
  const ended = await transaction(async (tx) => {
    const chat = await maybeOne(
      endedRow,
      sql`
        update chat_sessions set ended_at = clock_timestamp(), end_reason = ${reason},
          status = case when status = 'waiting' and ${reason} = 'customer' then 'abandoned' else 'resolved' end
        where id = ${chatId} and ${condition} returning id, cs_id`,
      tx,
    );
    return chat && { chat, row: await appendEvent(tx, chatId, { kind: "ended", reason }, content) };
  });
  if (!ended) return false;
  publishRows([ended.row]);
  publish({ agents: new Set(ended.chat.cs_id ? [ended.chat.cs_id] : []), queue: true });
  await serveQueue();
  return true;
}
