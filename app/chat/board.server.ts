import { z } from "zod";
import { one, sql } from "~/db.server";
import { colleagues } from "~/people/colleagues.server";
import type { BoardStats } from "./shapes";

const boardRow = z.object({
  waiting: z.number(),
  longest: z.date().nullable(),
  active: z.number(),
  ended: z.number(),
  started: z.number(),
});

/** The live figures. Today is the database's day. */
export async function board(): Promise<BoardStats> {
  const [row, agents] = await Promise.all([
    one(
      boardRow,
      sql`
        select (select count(*)::integer from chat_sessions where status = 'waiting') as waiting,
          (select min(queued_at) from chat_sessions where status = 'waiting') as longest,
          (select count(*)::integer from chat_sessions where status = 'active') as active,
          (select count(*)::integer from chat_sessions where ended_at >= current_date) as ended,
          (select count(*)::integer from chat_sessions where created_at >= current_date) as started`,
    ),
    colleagues(),
  ]);
  return {
    waiting: row.waiting,
    longestWaitSince: row.longest?.toISOString() ?? null,
    active: row.active,
    endedToday: row.ended,
    startedToday: row.started,
    agentsOnline: agents.filter((a) => a.status === "online").length,
    agents,
  };
}
