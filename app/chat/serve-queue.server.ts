import { z } from "zod";
import { exec, maybeOne, sql, transaction } from "~/db.server";
import { env } from "~/env.server";
import { ELIGIBLE } from "~/people/presence.server";
import { assign } from "./assign.server";
import { publish, publishRows } from "./publish.server";

const QUEUE_LOCK = 7_301_955;

let running: Promise<void> | null = null;
let again = false;

/**
 * Gives waiting chats to agents with room: oldest first, to the least loaded, ties to who has waited longest for one.
 * Called in the same moment as anything that can change the answer; calls that come while it runs are served by one more round.
 */
export function serveQueue(): Promise<void> {
  if (!env().AUTO_ASSIGN_ENABLED) return Promise.resolve();
  if (running) again = true;
  running ??= serveUntilDone().finally(() => (running = null));
  return running;
}

async function serveUntilDone() {
  do {
    again = false;
    while (await serveOne());
  } while (again);
}

const freeAgent = z.object({ user_id: z.number(), name: z.string(), load: z.number(), room: z.number() });
const nextChat = z.object({ id: z.string() });

/**
 * One chat, one transaction. The advisory lock makes the queue strictly first come, first served over all instances;
 * holding only one chat's lock at a time, it can wait for a chat that is being written to instead of skipping it.
 */
async function serveOne(): Promise<boolean> {
  const served = await transaction(async (tx) => {
    await exec(sql`select pg_advisory_xact_lock(${QUEUE_LOCK})`, tx);
    const agent = await maybeOne(
      freeAgent,
      sql`
        select e.user_id, e.name, load.n as load, coalesce(e.max_chats, ${env().MAX_CHAT_PER_CS}) - load.n as room
        from ${ELIGIBLE} e cross join lateral (
          select count(*)::integer as n from chat_sessions s where s.cs_id = e.user_id and s.status = 'active'
        ) load
        where load.n < coalesce(e.max_chats, ${env().MAX_CHAT_PER_CS})
        order by load.n, e.last_assigned_at nulls first, e.user_id limit 1`,
      tx,
    );
    if (!agent) return null;
    const chat = await maybeOne(
      nextChat,
      sql`select id from chat_sessions where status = 'waiting' order by queued_at, id limit 1`,
      tx,
    );
    if (!chat) return null;
    const row = await assign(tx, chat.id, { userId: agent.user_id, name: agent.name }, "queue");
    return { row, agentId: agent.user_id };
  });
  if (!served) return false;
  if (served.row) {
    publishRows([served.row]);
    publish({ agents: new Set([served.agentId]), queue: true });
  }
  return true;
}
