import { z } from "zod";
import type pg from "pg";
import { exec, maybeOne, sql, transaction } from "~/db.server";
import { env } from "~/env.server";
import { log } from "~/log.server";
import { ELIGIBLE } from "~/people/presence.server";
import { assign } from "./assign.server";
import { publish, publishRows } from "./publish.server";
import { consider, type Considered } from "./record-assignment.server";

const QUEUE_LOCK = 7_301_955;
const MAX_MISSES = 5;

let running: Promise<void> | null = null;
let again = false;

/**
 * Gives waiting chats to agents with room: returned ones first, then the oldest; to the least loaded, ties to who has waited
 * longest for one. Called in the same moment as anything that can change the answer; a call that comes while it runs is
 * served by one more round. It never throws: what its caller did is done, and who still waits is served by the next tending.
 */
export function serveQueue(): Promise<void> {
  if (!env().AUTO_ASSIGN_ENABLED) return Promise.resolve();
  if (running) again = true;
  running ??= serveUntilDone();
  return running;
}

async function serveUntilDone() {
  try {
    do {
      again = false;
      let misses = 0;
      for (let outcome = await serveOne(); outcome !== "nobody"; outcome = await serveOne()) {
        // Somebody went, or took the last place, between our look and our grasp: looking again helps, but not for ever.
        if (outcome === "missed" && ++misses > MAX_MISSES) break;
      }
    } while (again);
  } catch (error) {
    log().warn({ error: String(error) }, "could not serve the queue");
  } finally {
    running = null;
  }
}

const nextChat = z.object({ id: z.string(), skip_cs_id: z.number().nullable() });

/**
 * One chat, one transaction. The advisory lock makes the queue strictly first come, first served over all instances;
 * holding only one chat's lock at a time, it can wait for a chat that is being written to instead of skipping it.
 */
async function serveOne(): Promise<"served" | "missed" | "nobody"> {
  const served = await transaction(async (tx) => {
    await exec(sql`select pg_advisory_xact_lock(${QUEUE_LOCK})`, tx);
    const team = await consider(tx, null);
    const chat = await firstFor(tx, team);
    return chat && serve(tx, chat, team);
  });
  if (!served) return "nobody";
  if (!served.row) return "missed";
  publishRows([served.row]);
  publish({ agents: new Set([served.agentId]), queue: true });
  return "served";
}

/** The head of the queue; when only one agent has room, of those that may go to this one. */
async function firstFor(tx: pg.PoolClient, team: Considered[]) {
  const [one, another] = team.filter((c) => c.fit === "fit");
  if (!one) return null;
  const suitable = another ? sql`true` : sql`skip_cs_id is distinct from ${one.csId}`;
  return maybeOne(
    nextChat,
    sql`
      select id, skip_cs_id from chat_sessions where status = 'waiting' and ${suitable}
      order by returned desc, queued_at, id limit 1`,
    tx,
  );
}

async function serve(tx: pg.PoolClient, chat: z.infer<typeof nextChat>, team: Considered[]) {
  const considered = team.map((c) =>
    c.fit === "fit" && c.csId === chat.skip_cs_id ? { ...c, fit: "skipped" as const } : c,
  );
  const best = considered.find((c) => c.fit === "fit");
  if (!best) return null;
  const { csId, name } = best;
  // They may have gone offline since we looked.
  const there = sql`exists (select 1 from ${ELIGIBLE} e where e.user_id = ${csId})`;
  return { row: await assign(tx, chat.id, { userId: csId, name }, "queue", { considered }, there), agentId: csId };
}
