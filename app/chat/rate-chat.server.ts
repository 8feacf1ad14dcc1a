import { z } from "zod";
import { maybeOne, sql, transaction } from "~/db.server";
import type { Customer } from "~/auth/actor";
import { appendEvent } from "./append-event.server";
import { Conflict, NotFound } from "./errors";
import { publish, publishRows } from "./publish.server";
import { text } from "./send-message.server";

export const rateInput = z.object({
  sessionId: z.uuid().optional(),
  rating: z.coerce
    .number({ error: "Choose one to five stars." })
    .int()
    .min(1, "Choose one to five stars.")
    .max(5, "Choose one to five stars."),
  feedback: text(2_000).optional(),
});

const ratedRow = z.object({ id: z.string(), cs_id: z.number().nullable() });
const chatRow = z.object({ id: z.string(), rating: z.number().nullable(), ended: z.boolean() });

/** One rating for each chat, by its customer, after its end. @throws NotFound, Conflict when it is rated or still open. */
export async function rateChat(customer: Customer, input: z.infer<typeof rateInput>): Promise<{ sessionId: string }> {
  const chat = await maybeOne(
    chatRow,
    sql`
      select id, rating, ended_at is not null as ended from chat_sessions
      where visitor_id = ${customer.visitorId} and (${input.sessionId ?? null}::uuid is null or id = ${input.sessionId ?? null})
      order by created_at desc limit 1`,
  );
  if (!chat) throw new NotFound();
  if (!chat.ended) throw new Conflict("You can rate this chat once it has ended.");
  const rated = await transaction(async (tx) => {
    const row = await maybeOne(
      ratedRow,
      sql`
        update chat_sessions set rating = ${input.rating}, rating_feedback = ${input.feedback || null}, rated_at = now()
        where id = ${chat.id} and rating is null and ended_at is not null returning id, cs_id`,
      tx,
    );
    if (!row) throw new Conflict("You have rated this chat already. Thank you.");
    const event = await appendEvent(tx, chat.id, { kind: "rated", rating: input.rating }, `Rated ${input.rating} of 5`);
    return { row, event };
  });
  publishRows([rated.event]);
  publish({ queue: true });
  return { sessionId: chat.id };
}
