import { z } from "zod";
import { logActivity } from "~/activity/log.server";
import type { Staff } from "~/auth/actor";
import { resolveChat } from "~/chat/end-chat.server";
import { Conflict, NotAllowed, NotFound } from "~/chat/errors";
import { publish } from "~/chat/publish.server";
import { exec, many, maybeOne, one, sql, transaction, type Db } from "~/db.server";

const visitorRow = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  createdAt: z.date().transform((at) => at.toISOString()),
  blocked: z.boolean(),
});

export type Visitor = z.infer<typeof visitorRow>;

const countsRow = z.object({ chats: z.number(), messages: z.number(), files: z.number() });

export type Counts = z.infer<typeof countsRow>;

/** The customer of a chat, and how much there is of them. @throws NotAllowed, NotFound */
export async function visitorOfChat(admin: Staff, chatId: string): Promise<{ visitor: Visitor; counts: Counts }> {
  mustBeAdmin(admin);
  const known = z.uuid().safeParse(chatId).success;
  const visitor = !known
    ? null
    : await maybeOne(
        visitorRow,
        sql`
          select v.id, v.name, v.email, v.created_at as "createdAt", v.blocked_at is not null as blocked
          from chat_sessions s join visitors v on v.id = s.visitor_id where s.id = ${chatId}`,
      );
  if (!visitor) throw new NotFound();
  return { visitor, counts: await countsOf(visitor.id) };
}

const countsOf = (visitorId: string, on?: Db) =>
  one(
    countsRow,
    sql`
      select count(*)::integer as chats, coalesce(sum((select count(*) from messages m where m.session_id = s.id)), 0)::integer as messages,
        coalesce(sum((select count(*) from attachments a where a.session_id = s.id)), 0)::integer as files
      from chat_sessions s where s.visitor_id = ${visitorId}`,
    on,
  );

const jsonRow = z.object({ data: z.record(z.string(), z.unknown()) });

/** Everything that is kept of them, for themselves to have: notes of the team are not theirs. @throws NotAllowed, NotFound */
export async function visitorData(admin: Staff, chatId: string): Promise<object> {
  const { visitor } = await visitorOfChat(admin, chatId);
  const chats = await many(
    jsonRow,
    sql`
      select jsonb_build_object('id', s.id, 'status', s.status, 'name', s.customer_name, 'email', s.customer_email,
        'page', s.source_url, 'browser', s.user_agent, 'address', s.ip, 'timeZone', s.time_zone, 'startedAt', s.created_at,
        'endedAt', s.ended_at, 'endReason', s.end_reason, 'rating', s.rating, 'ratingFeedback', s.rating_feedback,
        'answeredBy', u.name,
        'messages', (
          select coalesce(jsonb_agg(jsonb_build_object('seq', m.seq, 'from', m.sender_type, 'text', m.content,
            'at', m.created_at) order by m.seq), '[]') from messages m where m.session_id = s.id and m.visibility = 'all'),
        'files', (
          select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'type', a.type, 'bytes', a.size,
            'at', a.created_at) order by a.created_at, a.id), '[]') from attachments a where a.session_id = s.id)) as data
      from chat_sessions s left join users u on u.id = s.cs_id where s.visitor_id = ${visitor.id} order by s.created_at`,
  );
  await logActivity(admin.userId, "visitor.downloaded", visitor.id);
  return { visitor, chats: chats.map(({ data }) => data) };
}

/**
 * Erases a customer with all chats, messages and files; an open chat ends first, so that everybody in it sees it. The bytes
 * of the files follow a moment later. @returns what went. @throws NotAllowed, NotFound
 */
export async function eraseVisitor(admin: Staff, chatId: string): Promise<Counts> {
  const { visitor } = await visitorOfChat(admin, chatId);
  const open = await many(
    z.object({ id: z.string() }),
    sql`select id from chat_sessions where visitor_id = ${visitor.id} and status in ('waiting', 'active')`,
  );
  for (const { id } of open) {
    await resolveChat(admin, id).catch((error: unknown) => {
      if (!(error instanceof Conflict)) throw error;
    });
  }
  const counts = await transaction(async (tx) => {
    const locked = await exec(sql`select id from visitors where id = ${visitor.id} for update`, tx);
    if (locked === 0) throw new NotFound();
    const going = await countsOf(visitor.id, tx);
    await exec(sql`delete from visitors where id = ${visitor.id}`, tx);
    await logActivity(admin.userId, "visitor.erased", visitor.id, going, tx);
    return going;
  });
  publish({ queue: true });
  return counts;
}

function mustBeAdmin(admin: Staff) {
  if (admin.role !== "admin") throw new NotAllowed("Only admins look after customers' data.");
}
