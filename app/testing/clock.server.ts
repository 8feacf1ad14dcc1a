import type { Staff } from "~/auth/actor";
import { exec, sql } from "~/db.server";

/*
 * The program knows only the database's clock: what took place is moved into the past, instead of waiting for time to pass.
 */

/** Every connection of this agent ended so many seconds ago. */
export async function leftTheDesk(staff: Staff, secondsAgo = 0): Promise<void> {
  await exec(
    sql`update cs_leases set expires_at = now() - make_interval(secs => ${secondsAgo}) where user_id = ${staff.userId}`,
  );
}

/** As if noticing that the agents of these chats are gone had taken place earlier. */
export async function lostEarlier(chatIds: string[], seconds: number): Promise<void> {
  await exec(sql`
    update chat_sessions set agent_lost_at = agent_lost_at - make_interval(secs => ${seconds})
    where id = any (${chatIds}::uuid[])`);
}

/** Everything that took place in this chat did so that much earlier. */
export async function chatEarlier(chatId: string, seconds: number): Promise<void> {
  const by = sql`make_interval(secs => ${seconds})`;
  await exec(sql`
    update chat_sessions set created_at = created_at - ${by}, queued_at = queued_at - ${by},
      assigned_at = assigned_at - ${by}, last_message_at = last_message_at - ${by},
      agent_lost_at = agent_lost_at - ${by}, idle_warned_at = idle_warned_at - ${by}
    where id = ${chatId}`);
  await exec(sql`update messages set created_at = created_at - ${by} where session_id = ${chatId}`);
}

/** The agent touched nothing for so long. */
export async function untouchedFor(staff: Staff, seconds: number): Promise<void> {
  await exec(sql`
    update cs_status set last_active_at = now() - make_interval(secs => ${seconds}) where user_id = ${staff.userId}`);
}
