import { z } from "zod";
import { one, sql, exec } from "~/db.server";
import { env } from "~/env.server";
import { log } from "~/log.server";
import { RateLimited } from "~/chat/errors";

const countRow = z.object({ hits: z.number(), left: z.number() });

/**
 * Counts one try of `key` in a fixed window, shared by all instances, by the database's clock.
 * @throws RateLimited, saying after how many seconds to come back, when there were more than `limit` × RATE_LIMIT_FACTOR.
 */
export async function countTry(key: string, limit: number, windowSeconds: number): Promise<void> {
  const factor = env().RATE_LIMIT_FACTOR;
  if (factor === 0) return;
  const { hits, left } = await one(
    countRow,
    sql`
      insert into rate_limits as r (key, hits, window_ends_at)
      values (${key}, 1, now() + make_interval(secs => ${windowSeconds}))
      on conflict (key) do update set
        hits = case when r.window_ends_at <= now() then 1 else r.hits + 1 end,
        window_ends_at = case when r.window_ends_at <= now() then excluded.window_ends_at else r.window_ends_at end
      returning hits, ceil(extract(epoch from window_ends_at - now()))::integer as left`,
  );
  if (hits <= limit * factor) return;
  // Of the key only its kind: the rest may be a password that somebody wrote into the wrong field.
  log().warn({ limit: key.split(":")[0] }, "too many tries");
  throw new RateLimited(Math.max(1, left));
}

/** Forgets a counter, after a success. */
export async function clearTries(key: string): Promise<void> {
  await exec(sql`delete from rate_limits where key = ${key}`);
}

export async function sweepRateLimits(): Promise<void> {
  await exec(sql`delete from rate_limits where window_ends_at < now()`);
}
