import { z } from "zod";
import { logActivity } from "~/activity/log.server";
import type { Customer } from "~/auth/actor";
import { NotAllowed, NotFound } from "~/chat/errors";
import { exec, sql, transaction } from "~/db.server";
import { settings } from "~/settings/settings.server";

/** A customer erases an ended chat of theirs, with its files, where the settings allow it. @throws NotAllowed, NotFound */
export async function eraseOwnChat(customer: Customer, chatId: string): Promise<void> {
  if (!(await settings()).customersErase) throw new NotAllowed("Chats cannot be erased here. Ask us to do it.");
  if (!z.uuid().safeParse(chatId).success) throw new NotFound();
  await transaction(async (tx) => {
    const gone = await exec(
      sql`
        delete from chat_sessions where id = ${chatId} and visitor_id = ${customer.visitorId} and ended_at is not null`,
      tx,
    );
    if (gone === 0) throw new NotFound();
    await logActivity(null, "data.erased_by_customer", chatId, {}, tx);
  });
}
