import { z } from "zod";
import { many, sql } from "~/db.server";

const row = z.object({ id: z.number(), online: z.number(), busy: z.number(), away: z.number() });

type Worked = Omit<z.infer<typeof row>, "id">;

/** For how long everybody was what, between two moments and not beyond now: seconds by user. */
export async function hoursByStatus(from: Date, to: Date): Promise<Map<number, Worked>> {
  const seconds = (status: string) =>
    sql`coalesce(sum(extract(epoch from until - since)) filter (where status = ${status}), 0)::float8`;
  const rows = await many(
    row,
    sql`
      select user_id as id, ${seconds("online")} as online, ${seconds("busy")} as busy, ${seconds("away")} as away
      from (
        select user_id, status, greatest(started_at, ${from}) as since, least(ended_at, ${to}) as until
        from cs_status_history where ended_at > ${from} and started_at < ${to}
        union all
        select user_id, status, greatest(started_at, ${from}), least(now(), ${to})
        from cs_status_history where ended_at is null and started_at < ${to}
      ) stretch
      where status <> 'offline' and until > since group by user_id`,
  );
  return new Map(rows.map(({ id, ...worked }) => [id, worked]));
}
