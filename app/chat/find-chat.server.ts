import { z } from "zod";
import { many, maybeOne, sql } from "~/db.server";
import type { Actor, Customer, Staff } from "~/auth/actor";
import { settings } from "~/settings/settings.server";
import { NotFound } from "./errors";
import { queuePlace } from "./queue-places.server";
import { chatSummaries } from "./list-chats.server";
import type { ChatSummary, CustomerChat } from "./shapes";

const idRow = z.object({ id: z.string() });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isChatId = (text: string) => UUID.test(text);

/** The id when this one has to do with the chat: its customer, its agent, any agent while it waits, an admin always. @throws NotFound */
export const findChatId = (actor: Actor, sessionId: string) => find(actor, sessionId, false);

/** The same for reading alone: any agent, where the settings let them read the chats of colleagues. @throws NotFound */
export async function findReadableChatId(actor: Actor, sessionId: string): Promise<string> {
  return find(actor, sessionId, (await settings()).agentsSeeAll);
}

async function find(actor: Actor, sessionId: string, anyAgent: boolean): Promise<string> {
  if (!isChatId(sessionId)) throw new NotFound();
  const found = await maybeOne(
    idRow,
    actor.kind === "customer"
      ? sql`select id from chat_sessions where id = ${sessionId} and visitor_id = ${actor.visitorId}`
      : sql`select id from chat_sessions where id = ${sessionId}
          and (cs_id = ${actor.userId} or status = 'waiting' or ${anyAgent || actor.role === "admin"})`,
  );
  if (!found) throw new NotFound();
  return found.id;
}

/** The customer's open chat's id, or null. */
export async function currentChatId(customer: Customer): Promise<string | null> {
  const found = await maybeOne(
    idRow,
    sql`select id from chat_sessions where visitor_id = ${customer.visitorId} and status in ('waiting', 'active')`,
  );
  return found?.id ?? null;
}

const customerRow = z.object({
  id: z.string(),
  status: z.enum(["waiting", "active", "resolved", "abandoned"]),
  cs_id: z.number().nullable(),
  cs_name: z.string().nullable(),
  avatar_url: z.string().nullable(),
  agent_away: z.boolean(),
  customer_email: z.string().nullable(),
  last_seq: z.number(),
  cs_read_seq: z.number(),
  rating: z.number().nullable(),
  end_reason: z.enum(["resolved", "customer", "idle", "admin"]).nullable(),
  created_at: z.date(),
  ended_at: z.date().nullable(),
});

const customerColumns = sql`
  s.id, s.status, s.cs_id, u.name as cs_name, u.avatar_url, s.agent_lost_at is not null as agent_away,
  s.customer_email, s.last_seq, s.cs_read_seq, s.rating, s.end_reason,
  s.created_at, s.ended_at`;

/** The customer's newest chat, open or ended, as they see it; null before the first. */
export async function currentChat(customer: Customer): Promise<CustomerChat | null> {
  const row = await maybeOne(
    customerRow,
    sql`select ${customerColumns} from chat_sessions s left join users u on u.id = s.cs_id
      where s.visitor_id = ${customer.visitorId} order by s.created_at desc limit 1`,
  );
  return row ? toCustomerChat(row) : null;
}

/** The customer's ended chats, newest first. */
export async function pastChats(customer: Customer): Promise<CustomerChat[]> {
  const rows = await many(
    customerRow,
    sql`select ${customerColumns} from chat_sessions s left join users u on u.id = s.cs_id
      where s.visitor_id = ${customer.visitorId} and s.ended_at is not null order by s.created_at desc limit 50`,
  );
  return Promise.all(rows.map(toCustomerChat));
}

/** One chat of the customer's, open or ended. @throws NotFound */
export async function findCustomerChat(customer: Customer, chatId: string): Promise<CustomerChat> {
  const id = await findChatId(customer, chatId);
  const row = await maybeOne(
    customerRow,
    sql`select ${customerColumns} from chat_sessions s left join users u on u.id = s.cs_id where s.id = ${id}`,
  );
  if (!row) throw new NotFound();
  return toCustomerChat(row);
}

async function toCustomerChat(row: z.infer<typeof customerRow>): Promise<CustomerChat> {
  const place = row.status === "waiting" ? await queuePlace(row.id) : null;
  return {
    id: row.id,
    status: row.status,
    agent: row.cs_id && row.cs_name ? { id: row.cs_id, name: row.cs_name, avatarUrl: row.avatar_url } : null,
    agentAway: row.agent_away,
    customerEmail: row.customer_email,
    position: place?.position ?? null,
    estimate: place?.estimate ?? null,
    lastSeq: row.last_seq,
    csReadSeq: row.cs_read_seq,
    rating: row.rating,
    endReason: row.end_reason,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

/** One chat as staff see it. @throws NotFound */
export async function findChat(staff: Staff, sessionId: string): Promise<ChatSummary> {
  await findReadableChatId(staff, sessionId);
  const [summary] = await chatSummaries(sql`s.id = ${sessionId}`, sql`s.id`);
  if (!summary) throw new NotFound();
  return summary;
}
