import { z } from "zod";
import { many, maybeOne, sql } from "~/db.server";
import { settings } from "~/settings/settings.server";
import { ELIGIBLE } from "~/people/presence.server";
import type { Estimate } from "./shapes";

export interface Place {
  position: number;
  estimate: Estimate | null;
}

const placeRow = z.object({ id: z.string(), position: z.number() });
const rateRow = z.object({ picked_up: z.number(), window_s: z.number(), somebody: z.boolean() });

/** Place in the queue (1 = next) of each waiting chat among `ids`, or of all that wait. */
export async function queuePlaces(ids?: string[]): Promise<Map<string, Place>> {
  const places = await many(
    placeRow,
    sql`
      select id, position from (
        select id, row_number() over (order by returned desc, queued_at, id)::integer as position
        from chat_sessions where status = 'waiting'
      ) queue where ${ids ?? null}::uuid[] is null or id = any (${ids ?? null}::uuid[])`,
  );
  const rate = places.length > 0 ? await pickUpRate() : null;
  return new Map(places.map((p) => [p.id, { position: p.position, estimate: estimate(p.position, rate) }]));
}

/** Chats that an agent took up lately; null when nobody is there to take one. */
async function pickUpRate() {
  const { estimateWindowSeconds: window } = await settings();
  const row = await maybeOne(
    rateRow,
    sql`
      select count(*)::integer as picked_up, ${window}::integer as window_s,
        exists (select 1 from ${ELIGIBLE} online) as somebody
      from chat_sessions where assigned_at > now() - make_interval(secs => ${window})`,
  );
  return row?.somebody ? row.picked_up / row.window_s : null;
}

/** Place ÷ recent pick-up rate, as a range, because it is one; none when there is nothing honest to say. */
function estimate(position: number, perSecond: number | null): Estimate | null {
  if (!perSecond) return null;
  const seconds = position / perSecond;
  return { from: Math.round(seconds * 0.7), to: Math.round(seconds * 1.5) };
}
