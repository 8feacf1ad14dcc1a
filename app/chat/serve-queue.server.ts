import { z } from "zod";
import type pg from "pg";
import { exec, maybeOne, sql, transaction } from "~/db.server";
import { env } from "~/env.server";
import { assign } from "./assign.server";
import { publish, publishRows } from "./publish.server";
import { consider } from "./record-assignment.server";

const QUEUE_LOCK = 7_301_955;

let running: Promise<void> | null = null;
let again = false;

/**
 * Gives waiting chats to agents with room: returned ones first, then the oldest; to the least loaded, ties to who has waited
 * longest for one. Called in the same moment as anything that can change the answer; a call that comes while it runs is
 * served by one more round.
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
      while (await serveOne());
    } while (again);
  } finally {
    running = null;
  }
}

const nextChat = z.object({ id: z.string(), skip_cs_id: z.number().nullable() });

/**
 * One chat, one transaction. The advisory lock makes the queue strictly first come, first served over all instances;
 * holding only one chat's lock at a time, it can wait for a chat that is being written to instead of skipping it.
 */
async function serveOne(): Promise<boolean> {
  const served = await transaction(async (tx) => {
    await exec(sql`select pg_advisory_xact_lock(${QUEUE_LOCK})`, tx);
    // The head first. When the only agent with room is the one it must not go back to, the next that anybody may get.
    return (await serveFirst(tx, sql`true`)) ?? (await serveFirst(tx, sql`skip_cs_id is null`));
  });
  if (!served) return false;
  if (served.row) {
    publishRows([served.row]);
    publish({ agents: new Set([served.agentId]), queue: true });
  }
  return true;
}

async function serveFirst(tx: pg.PoolClient, condition: ReturnType<typeof sql>) {
  const chat = await maybeOne(
    nextChat,
    sql`
      select id, skip_cs_id from chat_sessions where status = 'waiting' and ${condition}
      order by returned desc, queued_at, id limit 1`,
    tx,
  );
  if (!chat) return null;
  const considered = await consider(tx, chat.skip_cs_id);
  const best = considered[0];
  if (best?.fit !== "fit") return null;
  const row = await assign(tx, chat.id, { userId: best.csId, name: best.name }, "queue", { considered });
  return { row, agentId: best.csId };
}
