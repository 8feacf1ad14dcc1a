import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Customer, Staff } from "~/auth/actor";
import { openAuthSession } from "~/auth/auth-session.server";
import { visitorFor } from "~/auth/visitor.server";
import { startChat } from "~/chat/start-chat.server";
import { exec, one, sql } from "~/db.server";
import { renewLease } from "~/people/presence.server";

const idRow = z.object({ id: z.number() });

/** A member of staff, signed in; nobody knows the password. */
export async function hire(
  username: string,
  role: "admin" | "cs" = "cs",
  maxChats: number | null = null,
): Promise<Staff> {
  const name = username.replace(/^./, (c) => c.toUpperCase());
  const { id } = await one(
    idRow,
    sql`insert into users (username, name, role, password_hash, max_chats)
      values (${username}, ${name}, ${role}, 'none', ${maxChats}) returning id`,
  );
  const { sid } = await openAuthSession(id, { ip: null, userAgent: null });
  return { kind: "staff", userId: id, username, name, role, sid };
}

/** As if a workspace were open; `online` is what they chose. Does not serve the queue. */
export async function atDesk(staff: Staff, status: "online" | "busy" | "offline" = "online"): Promise<void> {
  await renewLease(randomUUID(), staff.userId, 3_600);
  await exec(sql`insert into cs_status (user_id, status) values (${staff.userId}, ${status})
    on conflict (user_id) do update set status = excluded.status`);
}

/** Somebody who has been here but has no chat. */
export async function visitor(name?: string): Promise<Customer & { token: string }> {
  const { customer, token } = await visitorFor(null, { name });
  return { ...customer, token };
}

/** A customer with an open chat. */
export async function customerInChat(message = "Hello", customerName?: string) {
  const clientId = randomUUID();
  const started = await startChat(null, { message, clientId, customerName }, { ip: randomUUID(), userAgent: null });
  return { customer: started.customer, token: started.customerToken, chatId: started.session.id, clientId };
}
