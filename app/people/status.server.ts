import { z } from "zod";
import { exec, one, sql, transaction } from "~/db.server";
import { chatLimit } from "./chat-limit.server";
import type { Staff } from "~/auth/actor";
import type { AgentStatus } from "~/chat/shapes";
import { logActivity } from "~/activity/log.server";
import { recordStatus } from "./attendance.server";
import { publish } from "~/chat/publish.server";
import { serveQueue } from "~/chat/serve-queue.server";

export const statusInput = z.object({ status: z.enum(["online", "busy", "offline"]) });

/** What the agent chooses to be. Going online serves the queue in the same moment. */
export async function setStatus(staff: Staff, status: AgentStatus): Promise<void> {
  await transaction(async (tx) => {
    const changed = await exec(
      sql`
        insert into cs_status (user_id, status) values (${staff.userId}, ${status})
        on conflict (user_id) do update set status = excluded.status, changed_at = now(), away_at = null, last_active_at = now()
        where cs_status.status <> excluded.status or cs_status.away_at is not null`,
      tx,
    );
    if (changed === 0) return;
    await recordStatus(tx, staff.userId, status, "chosen");
    await logActivity(staff.userId, "status.changed", null, { status }, tx);
  });
  publish({ agents: new Set([staff.userId]), queue: true });
  if (status === "online") await serveQueue();
}

const statusRow = z.object({
  status: z.enum(["online", "busy", "offline"]),
  away: z.boolean(),
  activeChats: z.number(),
  maxChats: z.number(),
});

export function myStatus(staff: Pick<Staff, "userId">): Promise<z.infer<typeof statusRow>> {
  return one(
    statusRow,
    sql`
      select coalesce(st.status, 'offline') as status, st.away_at is not null as away, ${chatLimit()} as "maxChats",
        (select count(*)::integer from chat_sessions s where s.cs_id = u.id and s.status = 'active') as "activeChats"
      from users u left join cs_status st on st.user_id = u.id where u.id = ${staff.userId}`,
  );
}
