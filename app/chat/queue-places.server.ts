import { z } from "zod";
import { maybeOne, one, sql } from "~/db.server";
import { settings } from "~/settings/settings.server";
import { ELIGIBLE, REACHABLE } from "~/people/presence.server";
import type { Estimate } from "./shapes";

export interface Place {
  /** 1 = next. */
  position: number;
  estimate: Estimate | null;
}

export interface Team {
  /** Somebody is there, even with their hands full. */
  online: boolean;
  /** Somebody is there whom the queue gives chats. */
  serving: boolean;
}

const idsRow = z.object({ ids: z.string() });
const positionRow = z.object({ position: z.number() });
const rateRow = z.object({ picked_up: z.number() });
const teamRow = z.object({ online: z.boolean(), serving: z.boolean() });

/** The ids of all who wait, or of the first of them, in the order in which they will be served. */
export async function waitingIds(limit: number | null = null): Promise<string[]> {
  // One text for thousands of them: rows would cost many times as much.
  const { ids } = await one(
    idsRow,
    sql`
      select array_to_string(array(
        select id from chat_sessions where status = 'waiting' order by returned desc, queued_at, id limit ${limit}::integer
      ), ',') as ids`,
  );
  return ids ? ids.split(",") : [];
}

/** The place of one chat; null when it does not wait. */
export async function queuePlace(id: string): Promise<Place | null> {
  const found = await maybeOne(
    positionRow,
    sql`
      select (
        select count(*)::integer from chat_sessions s
        where s.status = 'waiting' and (s.returned > me.returned or s.returned = me.returned and (s.queued_at, s.id) <= (me.queued_at, me.id))
      ) as position
      from chat_sessions me where me.id = ${id} and me.status = 'waiting'`,
  );
  if (!found) return null;
  const [team, perSecond] = await Promise.all([teamThere(), pickUpRate()]);
  return { position: found.position, estimate: estimateAt(found.position, team, perSecond) };
}

export function teamThere(): Promise<Team> {
  return one(
    teamRow,
    sql`select exists (select 1 from ${REACHABLE} r) as online, exists (select 1 from ${ELIGIBLE} e) as serving`,
  );
}

/** Chats that agents took up lately, for each second. */
export async function pickUpRate(): Promise<number> {
  const { estimateWindowSeconds: window } = await settings();
  const { picked_up } = await one(
    rateRow,
    sql`
      select count(*)::integer as picked_up from chat_sessions
      where assigned_at > now() - make_interval(secs => ${window})`,
  );
  return picked_up / window;
}

/** Place ÷ recent pick-up rate, as a range, because it is one; none when there is nothing honest to say. */
export function estimateAt(position: number, { serving }: Team, perSecond: number): Estimate | null {
  if (!serving || perSecond === 0) return null;
  const seconds = position / perSecond;
  return { from: Math.round(seconds * 0.7), to: Math.round(seconds * 1.5) };
}
