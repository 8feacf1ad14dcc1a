import { z } from "zod";
import { exec, many, sql } from "~/db.server";

/** Renewed every 10 s; somebody who was killed is gone for all to see within 30, and their chats are elsewhere within 90. */
export const LEASE_SECONDS = 26;
/** A page without a socket, or a program, shows life only when it asks for something. */
export const PAGE_LEASE_SECONDS = 90;

/** Agents who chose to be online and are really there: a subquery with user_id, for `from`. */
export const ELIGIBLE = sql`(
  select st.user_id, st.last_assigned_at, u.name, u.max_chats
  from cs_status st join users u on u.id = st.user_id
  where st.status = 'online' and st.away_at is null and u.disabled_at is null
    and exists (select 1 from cs_leases l where l.user_id = st.user_id and l.expires_at > now())
)`;

/** Agents who are there, even with their hands full. */
export const REACHABLE = sql`(
  select st.user_id from cs_status st join users u on u.id = st.user_id
  where st.status <> 'offline' and u.disabled_at is null
    and exists (select 1 from cs_leases l where l.user_id = st.user_id and l.expires_at > now())
)`;

/** A sign of life of one connection or page, kept with the database's clock. */
export async function renewLease(leaseId: string, userId: number, seconds = LEASE_SECONDS): Promise<void> {
  await exec(sql`
    insert into cs_leases (id, user_id, expires_at)
    values (${leaseId}, ${userId}, now() + make_interval(secs => ${seconds}))
    on conflict (id) do update set expires_at = greatest(cs_leases.expires_at, excluded.expires_at)`);
}

/** @returns the users of whom a lease had run out, or was not there: they are back, and may be given chats again. */
export async function renewLeases(leases: { id: string; userId: number }[]): Promise<number[]> {
  if (leases.length === 0) return [];
  const back = await many(
    z.object({ user_id: z.number() }),
    sql`
      with asked as (
        select id, user_id from unnest(${leases.map((l) => l.id)}::uuid[], ${leases.map((l) => l.userId)}::bigint[])
          as l (id, user_id)
      ), renewed as (
        insert into cs_leases (id, user_id, expires_at)
        select id, user_id, now() + make_interval(secs => ${LEASE_SECONDS}) from asked order by id
        on conflict (id) do update set expires_at = excluded.expires_at
      )
      select distinct user_id from asked
      where not exists (select 1 from cs_leases l where l.id = asked.id and l.expires_at > now())`,
  );
  return back.map((b) => b.user_id);
}

/** Gone from now on; the grace before the chats go elsewhere begins. */
export async function releaseLeases(ids: string[]): Promise<void> {
  if (ids.length > 0) await exec(sql`delete from cs_leases where id = any (${ids}::uuid[])`);
}
