import { z } from "zod";
import type pg from "pg";
import { exec, maybeOne, one, sql } from "~/db.server";
import { env } from "~/env.server";
import { appendEvent } from "./append-event.server";
import type { MessageRow } from "./message-row.server";

const capacityRow = z.object({ load: z.number(), max: z.number() });

/** Active chats and limit of an agent, under a lock that every assignment takes first, so that no two can both see the last free place. */
export async function lockCapacity(tx: pg.PoolClient, userId: number) {
  await exec(sql`insert into cs_status (user_id) values (${userId}) on conflict do nothing`, tx);
  await exec(sql`select 1 from cs_status where user_id = ${userId} for update`, tx);
  return one(
    capacityRow,
    sql`
      select (select count(*)::integer from chat_sessions s where s.cs_id = u.id and s.status = 'active') as load,
        coalesce(u.max_chats, ${env().MAX_CHAT_PER_CS}) as max
      from users u where u.id = ${userId}`,
    tx,
  );
}

/**
 * Gives a waiting chat to an agent with room: agent's lock first, then one conditional update.
 * @returns the log row, or null when there is no room any more or somebody else won.
 */
export async function assign(
  tx: pg.PoolClient,
  chatId: string,
  agent: { userId: number; name: string },
  by: "queue" | "accept" | "admin",
): Promise<MessageRow | null> {
  const { load, max } = await lockCapacity(tx, agent.userId);
  if (load >= max) return null;
  const claimed = await maybeOne(
    z.object({ id: z.string() }),
    sql`
      update chat_sessions set status = 'active', cs_id = ${agent.userId}, assigned_at = clock_timestamp()
      where id = ${chatId} and status = 'waiting' returning id`,
    tx,
  );
  if (!claimed) return null;
  await exec(sql`update cs_status set last_assigned_at = clock_timestamp() where user_id = ${agent.userId}`, tx);
  return appendEvent(
    tx,
    chatId,
    { kind: "assigned", csId: agent.userId, csName: agent.name, by },
    `${agent.name} joined the chat`,
  );
}
