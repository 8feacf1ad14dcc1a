import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type pg from "pg";
import { atMost } from "~/at-most";
import { exec, maybeOne, queueDb, sql, transaction } from "~/db.server";
import { settings } from "~/settings/settings.server";
import { log } from "~/log.server";
import { ELIGIBLE } from "~/people/presence.server";
import { assign } from "./assign.server";
import { publish, publishRows } from "./publish.server";
import { consider, type Considered } from "./record-assignment.server";

const QUEUE_LOCK = 7_301_955;
const MAX_MISSES = 5;
const RETRY_MS = [50, 250, 1_000];
const PATIENCE_MS = 3_000;
const LOCK_NOT_AVAILABLE = "55P03";

let running: Promise<void> | null = null;
let again = false;

/**
 * Gives waiting chats to agents with room: returned ones first, then the oldest; to the least loaded, ties to who has waited
 * longest for one. Called in the same moment as anything that can change the answer; a call that comes while it runs is
 * served by one more round. It never throws, and waits 3 s at most: what its caller did is done. What fails is tried again,
 * soon by itself and every second by the tending.
 */
export async function serveQueue(): Promise<void> {
  again = true;
  running ??= serveUntilDone();
  await atMost(PATIENCE_MS, running);
}

async function serveUntilDone() {
  try {
    for (let failures = 0; again;) {
      again = false;
      try {
        await serveAll();
        failures = 0;
      } catch (error) {
        log().warn({ error: String(error) }, "could not serve the queue");
        const pause = RETRY_MS[failures++];
        if (pause === undefined) return;
        again = true;
        await delay(pause);
      }
    }
  } finally {
    running = null;
  }
}

async function serveAll() {
  if (!(await settings()).autoAssign) return;
  const stuck: string[] = [];
  let misses = 0;
  for (let outcome = await serveOne(stuck); outcome !== "nobody"; outcome = await serveOne(stuck)) {
    // Somebody went, or took the last place, between our look and our grasp: looking again helps, but not for ever.
    if (outcome === "missed" && ++misses > MAX_MISSES) return;
  }
}

const nextChat = z.object({ id: z.string(), skip_cs_id: z.number().nullable() });

/**
 * One chat, one transaction. The advisory lock makes the queue strictly first come, first served over all instances;
 * holding only one chat's lock at a time, it can wait for a chat that is being written to instead of skipping it. One whose
 * lock somebody keeps joins the `stuck` and holds up nobody behind it.
 */
async function serveOne(stuck: string[]): Promise<"served" | "missed" | "nobody"> {
  let chat: z.infer<typeof nextChat> | null = null;
  try {
    const served = await transaction(async (tx) => {
      await exec(sql`select pg_advisory_xact_lock(${QUEUE_LOCK})`, tx);
      const team = await consider(tx, null);
      chat = await firstFor(tx, team, stuck);
      return chat && serve(tx, chat, team);
    }, queueDb());
    if (!served) return "nobody";
    if (!served.row) return "missed";
    publishRows([served.row]);
    publish({ agents: new Set([served.agentId]), queue: true });
    return "served";
  } catch (error) {
    const held = (chat as z.infer<typeof nextChat> | null)?.id;
    if (!held || (error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    stuck.push(held);
    return "missed";
  }
}

/** The head of the queue; when only one agent has room, of those that may go to this one. */
async function firstFor(tx: pg.PoolClient, team: Considered[], stuck: string[]) {
  const [one, another] = team.filter((c) => c.fit === "fit");
  if (!one) return null;
  const suitable = another ? sql`true` : sql`skip_cs_id is distinct from ${one.csId}`;
  return maybeOne(
    nextChat,
    sql`
      select id, skip_cs_id from chat_sessions where status = 'waiting' and ${suitable} and id <> all (${stuck}::uuid[])
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
