import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { maybeOne, sql } from "~/db.server";
import type { Customer } from "~/auth/actor";
import { networkOf } from "~/auth/network.server";
import { countTry } from "~/auth/rate-limit.server";
import { visitorFor } from "~/auth/visitor.server";
import { isBlocked } from "./block-visitor.server";
import { NotAllowed } from "./errors";
import { currentChat, currentChatId } from "./find-chat.server";
import { publish } from "./publish.server";
import { clientId, MAX_CONTENT_LENGTH, sendMessage, text } from "./send-message.server";
import { serveQueue } from "./serve-queue.server";
import type { CustomerChat, Message } from "./shapes";

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((v) => (typeof v === "string" && v.trim() === "" ? undefined : v), schema.optional());

export const startInput = z.object({
  customerName: optional(text(80).transform((s) => s.trim())),
  customerEmail: optional(z.email("Write it as name@example.com, or leave it out.").max(254)),
  message: optional(text(MAX_CONTENT_LENGTH)),
  clientId: optional(clientId),
  sourceUrl: optional(text(2_000)),
  timeZone: optional(text(60)),
});

export interface StartFrom {
  ip: string | null;
  userAgent: string | null;
}

const STARTS_PER_ADDRESS = 30;
const WINDOW_S = 600;

const idRow = z.object({ id: z.string() });

/**
 * Opens the customer's chat, or finds the one that is open: starting twice is harmless. With a message, that is stored
 * before this returns. `shownToken` is what the browser showed, possibly nothing.
 */
export async function startChat(
  shownToken: string | null,
  input: z.infer<typeof startInput>,
  from: StartFrom,
): Promise<{ session: CustomerChat; customer: Customer; customerToken: string; message: Message | null }> {
  await countTry(`start:${networkOf(from.ip)}`, STARTS_PER_ADDRESS, WINDOW_S);
  const about = { name: input.customerName, email: input.customerEmail };
  const { customer, token } = await visitorFor(shownToken, about);
  if (await isBlocked(customer.visitorId, from.ip)) throw new NotAllowed("We cannot take your chat at the moment.");
  const opened = await openChat(customer, input, from);
  const message = input.message
    ? (await sendMessage(customer, { clientId: input.clientId ?? uuidv7(), content: input.message })).message
    : null;
  if (opened) {
    publish({ queue: true });
    await serveQueue();
  }
  const session = await currentChat(customer);
  if (!session) throw new Error("a chat that was just opened is gone");
  return { session, customer, customerToken: token, message };
}

async function openChat(customer: Customer, input: z.infer<typeof startInput>, from: StartFrom): Promise<boolean> {
  if (await currentChatId(customer)) return false;
  const row = await maybeOne(
    idRow,
    sql`
      insert into chat_sessions (id, visitor_id, customer_name, customer_email, source_url, user_agent, ip, time_zone)
      select ${uuidv7()}, v.id, v.name, v.email, ${input.sourceUrl ?? null}, ${from.userAgent?.slice(0, 400) ?? null},
        ${from.ip}, ${input.timeZone ?? null}
      from visitors v where v.id = ${customer.visitorId}
      on conflict (visitor_id) where status in ('waiting', 'active') do nothing
      returning id`,
  );
  return row !== null;
}
