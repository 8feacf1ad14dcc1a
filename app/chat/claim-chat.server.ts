import { z } from "zod";
import { maybeOne, sql, transaction } from "~/db.server";
import type { Staff } from "~/auth/actor";
import { assign, lockCapacity } from "./assign.server";
import { Conflict, NotFound } from "./errors";
import { findChat, isChatId } from "./find-chat.server";
import { publish, publishRows } from "./publish.server";
import type { ChatSummary } from "./shapes";

const holderRow = z.object({ status: z.string(), cs_id: z.number().nullable(), name: z.string().nullable() });

/**
 * An agent takes a waiting chat; taking one's own again is harmless.
 * @throws Conflict when a colleague won, the chat has ended or the agent is full.
 */
export async function claimChat(staff: Staff, chatId: string): Promise<ChatSummary> {
  if (!isChatId(chatId)) throw new NotFound();
  const row = await transaction(async (tx) => {
    const claimed = await assign(tx, chatId, staff, "accept", { byUserId: staff.userId });
    if (claimed) return claimed;
    const holder = await maybeOne(
      holderRow,
      sql`select s.status, s.cs_id, u.name from chat_sessions s left join users u on u.id = s.cs_id where s.id = ${chatId}`,
      tx,
    );
    if (!holder) throw new NotFound();
    if (holder.status === "active" && holder.cs_id === staff.userId) return null;
    if (holder.status === "active") throw new Conflict(`${holder.name} took this chat.`);
    if (holder.status !== "waiting") throw new Conflict("This chat has ended.");
    const { load, max } = await lockCapacity(tx, staff.userId);
    throw new Conflict(`You already have ${load} of ${max} chats.`);
  });
  if (row) {
    publishRows([row]);
    publish({ agents: new Set([staff.userId]), queue: true });
  }
  return findChat(staff, chatId);
}
