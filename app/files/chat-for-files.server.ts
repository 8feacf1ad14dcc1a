import { z } from "zod";
import type { Actor } from "~/auth/actor";
import { Conflict, NotFound } from "~/chat/errors";
import { currentChatId, isChatId } from "~/chat/find-chat.server";
import { maybeOne, sql } from "~/db.server";

const chatRow = z.object({ id: z.string(), visitor_id: z.string(), open: z.boolean() });

/** The open chat that this one may write in, as sendMessage sees it. @throws NotFound, Conflict when it has ended */
export async function chatForFiles(actor: Actor, sessionId: string | undefined) {
  const id = sessionId ?? (actor.kind === "customer" ? await currentChatId(actor) : null);
  if (!id && actor.kind === "customer") throw new NotFound("You have no open chat. Start one first.");
  if (!id || !isChatId(id)) throw new NotFound();
  const mine =
    actor.kind === "customer"
      ? sql`visitor_id = ${actor.visitorId}`
      : sql`(cs_id = ${actor.userId} or ${actor.role === "admin"})`;
  const chat = await maybeOne(
    chatRow,
    sql`select id, visitor_id, status in ('waiting', 'active') as open from chat_sessions where id = ${id} and ${mine}`,
  );
  if (!chat) throw new NotFound();
  if (!chat.open) throw new Conflict("This chat has ended. Your text is kept.");
  return chat;
}
