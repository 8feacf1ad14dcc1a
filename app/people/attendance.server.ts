import { z } from "zod";
import type pg from "pg";
import { exec, many, one, sql, transaction, type Db } from "~/db.server";
import { emptyNews } from "~/chat/news";
import { heard, publish } from "~/chat/publish.server";
import { serveQueue } from "~/chat/serve-queue.server";
import { settings } from "~/settings/settings.server";

type Presence = "online" | "busy" | "offline" | "away";

/** Closes the running stretch of an agent's status and begins the next in the same instant; the agent's row is locked. */
export async function recordStatus(tx: Db, userId: number, status: Presence, reason: "chosen" | "idle" | "active") {
  // Not now(): a transaction that waited for the lock began before the stretch that it closes.
  const { at } = await one(z.object({ at: z.date() }), sql`select clock_timestamp() as at`, tx);
  await exec(sql`update cs_status_history set ended_at = ${at} where user_id = ${userId} and ended_at is null`, tx);
  await exec(
    sql`insert into cs_status_history (user_id, status, reason, started_at) values (${userId}, ${status}, ${reason}, ${at})`,
    tx,
  );
}

const userRow = z.object({ user_id: z.number() });

/** Agents who chose online but have not touched anything for long are away: no new chats until they are back. */
export async function markIdleAway(): Promise<void> {
  const { awayAfterSeconds } = await settings();
  if (awayAfterSeconds === 0) return;
  const gone = await transaction(async (tx) => {
    const idle = await many(
      userRow,
      sql`
        update cs_status set away_at = now()
        where status = 'online' and away_at is null
          and last_active_at <= now() - make_interval(secs => ${awayAfterSeconds})
        returning user_id`,
      tx,
    );
    for (const { user_id } of idle) await recordStatus(tx, user_id, "away", "idle");
    return idle;
  });
  if (gone.length > 0) publish({ agents: new Set(gone.map((g) => g.user_id)), queue: true });
}

const TOUCH_INTERVAL_MS = 5_000;
const touched = new Map<number, number>();

/** The agent did something; somebody who was away is back, and served at once. Written at most every 5 s. */
export async function markActive(userId: number): Promise<void> {
  if (performance.now() - (touched.get(userId) ?? -Infinity) < TOUCH_INTERVAL_MS) return;
  touched.set(userId, performance.now());
  const back = await transaction(async (tx) => {
    const wasAway = await returnFromAway(tx, userId);
    if (wasAway) await recordStatus(tx, userId, "online", "active");
    return wasAway;
  });
  if (!back) return;
  publish({ agents: new Set([userId]), queue: true });
  await serveQueue();
}

async function returnFromAway(tx: pg.PoolClient, userId: number): Promise<boolean> {
  const [row] = await many(
    z.object({ was_away: z.boolean() }),
    sql`
      update cs_status st set last_active_at = now(), away_at = null
      from (select user_id, away_at from cs_status where user_id = ${userId} for update) before
      where st.user_id = before.user_id returning before.away_at is not null as was_away`,
    tx,
  );
  return row?.was_away ?? false;
}

const chatRow = z.object({ id: z.string(), cs_id: z.number() });

let present = "";

/** A lease that runs out is nobody's doing: each instance looks for itself, and has its lists shown again. */
export async function noticeComingsAndGoings(): Promise<void> {
  const rows = await many(
    userRow,
    sql`select distinct user_id from cs_leases where expires_at > now() order by user_id`,
  );
  const before = present;
  present = rows.map((r) => r.user_id).join(" ");
  if (present !== before) heard.emit("news", { ...emptyNews(), queue: true });
}

const PRESENT = sql`exists (select 1 from cs_leases l where l.user_id = s.cs_id and l.expires_at > now())`;

/**
 * Notes since when the agents of active chats have been gone, and that they are back: the customers see both. A chat that
 * is being written to is left for the next time, so that waiting for it can neither stop the others nor lock crosswise.
 */
export async function noteLostAgents(): Promise<void> {
  const lost = await noteOn(sql`s.agent_lost_at is null and not ${PRESENT}`, sql`now()`);
  const found = await noteOn(sql`s.agent_lost_at is not null and ${PRESENT}`, sql`null`);
  const signals = [...lost.map((c) => signal(c, false)), ...found.map((c) => signal(c, true))];
  if (signals.length > 0) publish({ signals, queue: true });
}

function noteOn(which: ReturnType<typeof sql>, value: ReturnType<typeof sql>) {
  return many(
    chatRow,
    sql`
      update chat_sessions c set agent_lost_at = ${value}
      from (select s.id from chat_sessions s where s.status = 'active' and ${which} for update skip locked) free
      where c.id = free.id returning c.id, c.cs_id`,
  );
}

const signal = (chat: z.infer<typeof chatRow>, isOnline: boolean) => ({
  sessionId: chat.id,
  kind: "presence" as const,
  side: "cs" as const,
  userId: chat.cs_id,
  isOnline,
});

/** Leases that ended long ago are of no use to anybody. */
export async function sweepLeases(): Promise<void> {
  await exec(sql`delete from cs_leases where expires_at < now() - interval '1 hour'`);
}
