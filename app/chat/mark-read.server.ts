import { z } from "zod";
import { maybeOne, sql } from "~/db.server";
import type { Actor } from "~/auth/actor";
import { currentChat } from "./find-chat.server";
import { publish } from "./publish.server";
import { seq } from "./seq";

export const readInput = z.object({ sessionId: z.uuid().optional(), seq });

const readRow = z.object({ id: z.string() });

/** How far somebody has read; never moves back. A stranger's or an unknown chat changes nothing. */
export async function markRead(actor: Actor, input: z.infer<typeof readInput>): Promise<void> {
  const customer = actor.kind === "customer";
  const sessionId = input.sessionId ?? (customer ? (await currentChat(actor))?.id : undefined);
  if (!sessionId) return;
  const moved = await maybeOne(
    readRow,
    customer
      ? sql`update chat_sessions set customer_read_seq = least(${input.seq}, last_seq)
          where id = ${sessionId} and visitor_id = ${actor.visitorId} and customer_read_seq < least(${input.seq}, last_seq)
          returning id`
      : sql`update chat_sessions set cs_read_seq = least(${input.seq}, last_seq)
          where id = ${sessionId} and cs_id = ${actor.userId} and cs_read_seq < least(${input.seq}, last_seq) returning id`,
  );
  if (!moved) return;
  const userId = customer ? null : actor.userId;
  publish({ signals: [{ sessionId, kind: "read", side: customer ? "customer" : "cs", userId, seq: input.seq }] });
}
