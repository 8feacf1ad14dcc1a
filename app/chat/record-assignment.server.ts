import { z } from "zod";
import { exec, many, sql, type Db } from "~/db.server";
import { chatLimit } from "~/people/chat-limit.server";

/** One agent as the choice saw them: `fit`, or what stood in the way. */
export const consideredSchema = z.object({
  csId: z.number(),
  name: z.string(),
  load: z.number(),
  max: z.number(),
  fit: z.enum(["fit", "full", "busy", "offline", "gone", "away", "skipped"]),
});

export type Considered = z.infer<typeof consideredSchema>;

interface Assignment {
  csId: number | null;
  kind: "queue" | "accept" | "transfer" | "admin" | "returned" | "requeued";
  byUserId?: number | null;
  considered?: Considered[];
}

/** Why a chat went where it went; part of the transaction that moves it. */
export async function recordAssignment(tx: Db, chatId: string, a: Assignment): Promise<void> {
  await exec(
    sql`
      insert into assignments (session_id, cs_id, kind, by_user_id, considered)
      values (${chatId}, ${a.csId}, ${a.kind}, ${a.byUserId ?? null}, ${JSON.stringify(a.considered ?? [])}::jsonb)`,
    tx,
  );
}

/** Everybody who can answer chats, best first: fit before unfit, the least loaded, then who has waited longest for a chat. */
export function consider(tx: Db, skipCsId: number | null): Promise<Considered[]> {
  return many(
    consideredSchema,
    sql`
      select "csId", name, load, max, fit from (select u.id as "csId", u.name, st.last_assigned_at, load.n as load, limits.max,
        case
          when st.status = 'offline' then 'offline'
          when not exists (select 1 from cs_leases l where l.user_id = u.id and l.expires_at > now()) then 'gone'
          when st.status = 'busy' then 'busy'
          when st.away_at is not null then 'away'
          when load.n >= limits.max then 'full'
          when u.id = ${skipCsId} then 'skipped'
          else 'fit'
        end as fit
      from cs_status st join users u on u.id = st.user_id
      cross join lateral (select ${chatLimit()} as max) limits
      cross join lateral (
        select count(*)::integer as n from chat_sessions s where s.cs_id = u.id and s.status = 'active'
      ) load
      where u.disabled_at is null) team
      order by fit <> 'fit', load, last_assigned_at nulls first, "csId"`,
    tx,
  );
}

const shownRow = z.object({
  kind: z.enum(["queue", "accept", "transfer", "admin", "returned", "requeued"]),
  csName: z.string().nullable(),
  byName: z.string().nullable(),
  considered: z.array(consideredSchema),
  createdAt: z.date(),
});

/** A chat's assignments with their reasons, oldest first; for admins. */
export function assignmentsOf(chatId: string) {
  return many(
    shownRow,
    sql`
      select a.kind, c.name as "csName", b.name as "byName", a.considered, a.created_at as "createdAt"
      from assignments a left join users c on c.id = a.cs_id left join users b on b.id = a.by_user_id
      where a.session_id = ${chatId} order by a.id`,
  );
}
