import { z } from "zod";
import type { Customer } from "~/auth/actor";
import { exec, maybeOne, sql, transaction } from "~/db.server";
import { NotFound } from "./errors";
import { publish } from "./publish.server";

export const leaveEmailInput = z.object({ email: z.email("Write it as name@example.com.").max(254) });

const chatRow = z.object({ id: z.string(), cs_id: z.number().nullable() });

/** Where this customer can be reached: with the open chat, for whoever answers it, and with the next ones. @throws NotFound */
export async function leaveEmail(customer: Customer, { email }: z.infer<typeof leaveEmailInput>): Promise<void> {
  const chat = await transaction(async (tx) => {
    const row = await maybeOne(
      chatRow,
      sql`update chat_sessions set customer_email = ${email}
        where visitor_id = ${customer.visitorId} and status in ('waiting', 'active') returning id, cs_id`,
      tx,
    );
    if (!row) throw new NotFound("You have no open chat. Start one first.");
    await exec(sql`update visitors set email = ${email} where id = ${customer.visitorId}`, tx);
    return row;
  });
  publish({ queue: true, agents: new Set(chat.cs_id === null ? [] : [chat.cs_id]) });
}
