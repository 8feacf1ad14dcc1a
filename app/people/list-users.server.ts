import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { NotAllowed, NotFound } from "~/chat/errors";
import { many, maybeOne, one, sql } from "~/db.server";
import { chatLimit } from "./chat-limit.server";
import { nameQuery, spellingsOf } from "./misspelled.server";

const PAGE_SIZE = 25;

/** A filter that makes no sense is as if it were not there. */
export const userFilter = z.object({
  search: z.string().max(100).catch("").default(""),
  role: z.enum(["", "admin", "cs"]).catch("").default(""),
  status: z.enum(["", "enabled", "disabled", "online", "busy", "offline"]).catch("").default(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

export type UserFilter = z.infer<typeof userFilter>;

const userRow = z.object({
  id: z.number(),
  username: z.string(),
  name: z.string(),
  role: z.enum(["admin", "cs"]),
  avatarUrl: z.string().nullable(),
  /** Null: the general limit. */
  maxChats: z.number().nullable(),
  limit: z.number(),
  activeChats: z.number(),
  status: z.enum(["online", "busy", "offline"]),
  disabledAt: z.date().nullable().transform(iso),
  createdAt: z.date().transform((at) => at.toISOString()),
  lastSignInAt: z.date().nullable().transform(iso),
  signIns: z.number(),
  hasSecondFactor: z.boolean(),
});

export type UserEntry = z.infer<typeof userRow>;

/** A page of the staff by name; when nobody has it, of those who nearly have. @throws NotAllowed */
export async function listUsers(admin: Staff, filter: UserFilter) {
  if (admin.role !== "admin") throw new NotAllowed("Only admins see the staff.");
  const wanted = `%${filter.search.trim().replaceAll(/[\\%_]/g, "\\$&")}%`;
  const exact = await usersNamed(sql`(u.name ilike ${wanted} or u.username ilike ${wanted})`, filter);
  const query = nameQuery(filter.search);
  if (exact.total > 0 || query === "") return exact;
  return usersNamed(sql`${spellingsOf(sql`u.name`)} @@ ${query}::tsquery`, filter);
}

async function usersNamed(named: ReturnType<typeof sql>, { role, status, page }: UserFilter) {
  const fits = sql`${named}
    and (${role} = '' or u.role = ${role})
    and case ${status}::text when '' then true when 'enabled' then u.disabled_at is null
      when 'disabled' then u.disabled_at is not null else u.disabled_at is null and ${PRESENCE} = ${status} end`;
  const [users, { total }] = await Promise.all([
    many(
      userRow,
      sql`${allUsers()} where ${fits} order by u.name, u.id limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`,
    ),
    one(
      z.object({ total: z.number() }),
      sql`select count(*)::integer as total from users u left join cs_status st on st.user_id = u.id where ${fits}`,
    ),
  ]);
  return { users, total, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)) };
}

/** @throws NotAllowed, NotFound */
export async function findUser(admin: Staff, id: number): Promise<UserEntry> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins see the staff.");
  const user = await maybeOne(userRow, sql`${allUsers()} where u.id = ${id}`);
  if (!user) throw new NotFound("There is no such person.");
  return user;
}

const PRESENCE = sql`case when exists (select 1 from cs_leases l where l.user_id = u.id and l.expires_at > now())
  then coalesce(st.status, 'offline') else 'offline' end`;

const allUsers = () => sql`
  select u.id, u.username, u.name, u.role, u.avatar_url as "avatarUrl", u.max_chats as "maxChats",
    ${chatLimit()} as limit, u.disabled_at as "disabledAt", u.created_at as "createdAt",
    (select count(*)::integer from chat_sessions s where s.cs_id = u.id and s.status = 'active') as "activeChats",
    ${PRESENCE} as status,
    (select max(a.created_at) from auth_sessions a where a.user_id = u.id) as "lastSignInAt",
    (select count(*)::integer from auth_sessions a
      where a.user_id = u.id and a.revoked_at is null and a.expires_at > now()) as "signIns",
    exists (select 1 from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as "hasSecondFactor"
  from users u left join cs_status st on st.user_id = u.id`;

function iso(at: Date | null) {
  return at?.toISOString() ?? null;
}

/** Names for a list to choose from, the disabled too. @throws NotAllowed */
export async function everybody(admin: Staff): Promise<{ id: number; name: string }[]> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins see the staff.");
  return many(
    z.object({ id: z.number(), name: z.string() }),
    sql`select id, name from users order by name, id limit 1000`,
  );
}
