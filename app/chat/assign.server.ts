import { z } from "zod";
import type pg from "pg";
import { exec, maybeOne, one, sql } from "~/db.server";
import { chatLimit } from "~/people/chat-limit.server";
import { appendEvent } from "./append-event.server";
import type { MessageRow } from "./message-row.server";
import { recordAssignment, type Considered } from "./record-assignment.server";
import type { AssignedBy } from "./shapes";

const capacityRow = z.object({ load: z.number(), max: z.number() });

export interface Assignee {
  userId: number;
  name: string;
}

/** Active chats and limit of an agent, under a lock that every assignment takes first, so that no two can both see the last free place. */
export async function lockCapacity(tx: pg.PoolClient, userId: number) {
  await exec(sql`insert into cs_status (user_id) values (${userId}) on conflict do nothing`, tx);
  await exec(sql`select 1 from cs_status where user_id = ${userId} for update`, tx);
  return one(
    capacityRow,
    sql`
      select (select count(*)::integer from chat_sessions s where s.cs_id = u.id and s.status = 'active') as load,
        ${chatLimit()} as max
      from users u where u.id = ${userId}`,
    tx,
  );
}

/**
 * Gives a waiting chat to an agent with room: agent's lock first, then one conditional update, whose `condition` sees
 * everything that was committed before the lock.
 * @returns the log row, or null when there is no room any more or somebody else won.
 */
export async function assign(
  tx: pg.PoolClient,
  chatId: string,
  agent: Assignee,
  by: AssignedBy,
  why: { byUserId?: number; considered?: Considered[] } = {},
  condition = sql`true`,
): Promise<MessageRow | null> {
  const { load, max } = await lockCapacity(tx, agent.userId);
  if (load >= max) return null;
  if (!(await give(tx, chatId, agent, sql`status = 'waiting' and ${condition}`))) return null;
  await recordAssignment(tx, chatId, { csId: agent.userId, kind: by, ...why });
  const event = { kind: "assigned" as const, csId: agent.userId, csName: agent.name, by };
  return markAssigned(tx, await appendEvent(tx, chatId, event, `${agent.name} joined the chat`));
}

/** The one update that hands a chat over; zero rows mean that somebody else was first. The agent's lock is held. */
export async function give(tx: pg.PoolClient, chatId: string, agent: Assignee, condition: ReturnType<typeof sql>) {
  const changed = await maybeOne(
    z.object({ id: z.string() }),
    sql`
      update chat_sessions set status = 'active', cs_id = ${agent.userId}, assigned_at = clock_timestamp(),
        picked_up_at = coalesce(picked_up_at, clock_timestamp()), returned = false, skip_cs_id = null, agent_lost_at = null
      where id = ${chatId} and ${condition} returning id`,
    tx,
  );
  if (!changed) return false;
  await exec(sql`update cs_status set last_assigned_at = clock_timestamp() where user_id = ${agent.userId}`, tx);
  return true;
}

/** From this row on, silence is the new agent's. */
export async function markAssigned(tx: pg.PoolClient, row: MessageRow): Promise<MessageRow> {
  await exec(sql`update chat_sessions set assigned_seq = ${row.seq} where id = ${row.session_id}`, tx);
  return row;
}
