import { z } from "zod";
import { many, maybeOne, sql, transaction } from "~/db.server";
import { settings } from "~/settings/settings.server";
import { appendEvent } from "./append-event.server";
import { endBy } from "./end-chat.server";
import { publishRows } from "./publish.server";

const BATCH = 100;
const idRow = z.object({ id: z.string() });

/** Active chats in which nobody has written for long: first a warning, then the end. The time in the queue is no silence. */
export async function endIdleChats(): Promise<void> {
  const { idleTimeoutSeconds: timeout, idleWarningSeconds } = await settings();
  if (timeout === 0) return;
  const warning = Math.min(idleWarningSeconds, Math.floor(timeout / 2));
  await endSilent(timeout, warning);
  if (warning > 0) await warnSilent(timeout - warning, warning);
}

// The first condition is the index's; the second adds nothing to it but the time since an agent has been there.
const silentFor = (seconds: number) => sql`last_message_at <= now() - make_interval(secs => ${seconds})
    and assigned_at <= now() - make_interval(secs => ${seconds})`;

/** Never without a warning that stood its time: after an outage, a chat is warned before it ends. */
async function endSilent(timeout: number, warning: number) {
  const silent = sql`status = 'active' and ${silentFor(timeout)}
    and (${warning} = 0 or idle_warned_at between last_message_at and now() - make_interval(secs => ${warning}))`;
  const chats = await many(idRow, sql`select id from chat_sessions where ${silent} limit ${BATCH}`);
  for (const { id } of chats) await endBy(id, silent, "idle", "The chat ended because nobody wrote for a while");
}

async function warnSilent(after: number, endsInSeconds: number) {
  const silent = sql`status = 'active' and ${silentFor(after)}
    and (idle_warned_at is null or idle_warned_at < last_message_at)`;
  const chats = await many(idRow, sql`select id from chat_sessions where ${silent} limit ${BATCH}`);
  for (const { id } of chats) {
    const row = await transaction(async (tx) => {
      const warned = await maybeOne(
        idRow,
        sql`update chat_sessions set idle_warned_at = now() where id = ${id} and ${silent} returning id`,
        tx,
      );
      const words = "Are you still there? The chat ends soon if nobody writes";
      return warned && appendEvent(tx, id, { kind: "idle_warning", endsInSeconds }, words);
    });
    if (row) publishRows([row]);
  }
}
