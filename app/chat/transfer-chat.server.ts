import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { logActivity } from "~/activity/log.server";
import { maybeOne, sql, transaction } from "~/db.server";
import { appendEvent } from "./append-event.server";
import { give, lockCapacity, markAssigned, type Assignee } from "./assign.server";
import { Conflict, Invalid, NotAllowed, NotFound } from "./errors";
import { findChatId } from "./find-chat.server";
import { publish, publishRows } from "./publish.server";
import { consider, recordAssignment, type Considered } from "./record-assignment.server";
import { text } from "./send-message.server";
import { serveQueue } from "./serve-queue.server";

export const transferInput = z.object({
  sessionId: z.uuid(),
  toCsId: z.coerce.number({ error: "Choose a colleague." }).int().positive(),
  note: text(2_000).optional(),
});

const chatRow = z.object({
  status: z.string(),
  cs_id: z.number().nullable(),
  cs_name: z.string().nullable(),
  waited: z.number().nullable(),
});

/**
 * Hands a chat to a colleague who is online and has room, with a line that only colleagues see.
 * @throws Conflict that says why the colleague cannot take it; the chat stays where it is.
 */
export async function transferChat(staff: Staff, input: z.infer<typeof transferInput>): Promise<void> {
  await findChatId(staff, input.sessionId);
  if (input.toCsId === staff.userId) throw new Invalid("Choose a colleague, not yourself.", { toCsId: "is you" });
  const mine = staff.role === "admin" ? sql`true` : sql`cs_id = ${staff.userId}`;
  await move(staff, input.sessionId, input.toCsId, "agent", sql`status = 'active' and ${mine}`, input.note ?? "");
  await logActivity(staff.userId, "chat.transferred", input.sessionId, { to: input.toCsId });
}

/** An admin gives any open chat to an agent, who must have room but may be busy. @throws NotAllowed, Conflict */
export async function forceAssign(admin: Staff, sessionId: string, csId: number): Promise<void> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins assign chats to others.");
  await findChatId(admin, sessionId);
  await move(admin, sessionId, csId, "admin", sql`status in ('waiting', 'active')`, "");
  await logActivity(admin.userId, "chat.assigned", sessionId, { to: csId });
}

async function move(
  by: Staff,
  chatId: string,
  toCsId: number,
  how: "agent" | "admin",
  condition: ReturnType<typeof sql>,
  note: string,
) {
  const moved = await transaction(async (tx) => {
    const { load, max } = await lockCapacity(tx, toCsId).catch(() => {
      throw new NotFound("There is no such colleague.");
    });
    const considered = await consider(tx, null);
    const target = considered.find((c) => c.csId === toCsId);
    if (!target) throw new NotFound("There is no such colleague.");
    const obstacle =
      how === "agent" ? obstacleFor(target, load, max) : load >= max ? fullness(target.name, load, max) : null;
    if (obstacle) throw new Conflict(obstacle);
    const before = await maybeOne(chatRow, holder(chatId), tx);
    const to: Assignee = { userId: toCsId, name: target.name };
    if (before?.cs_id === toCsId && before.status === "active")
      throw new Conflict(`${target.name} has this chat already.`);
    if (!before || !(await give(tx, chatId, to, condition)))
      throw new Conflict("This chat is not yours to hand over any more.");
    await recordAssignment(tx, chatId, {
      csId: toCsId,
      kind: how === "agent" ? "transfer" : "admin",
      byUserId: by.userId,
      considered,
    });
    const event = {
      kind: "transferred" as const,
      fromName: before.cs_name ?? by.name,
      csId: toCsId,
      csName: target.name,
      by: how,
    };
    const row = await markAssigned(tx, await appendEvent(tx, chatId, event, `${target.name} continues the chat`));
    const handover = {
      kind: "handover" as const,
      fromName: by.name,
      csId: toCsId,
      csName: target.name,
      waitedSeconds: before.waited,
    };
    const line = note.trim() ? [await appendEvent(tx, chatId, handover, note.trim(), "staff")] : [];
    return { rows: [row, ...line], from: before.cs_id };
  });
  publishRows(moved.rows);
  publish({ agents: new Set([toCsId, ...(moved.from ? [moved.from] : [])]), queue: true });
  await serveQueue();
}

const holder = (chatId: string) => sql`
  select s.status, s.cs_id, u.name as cs_name, (
    select extract(epoch from now() - min(m.created_at))::integer from messages m
    where m.session_id = s.id and m.seq > s.last_cs_seq and m.sender_type = 'customer'
  ) as waited
  from chat_sessions s left join users u on u.id = s.cs_id where s.id = ${chatId} for update of s`;

const fullness = (name: string, load: number, max: number) => `${name} already has ${load} of ${max} chats.`;

function obstacleFor(target: Considered, load: number, max: number): string | null {
  if (load >= max) return fullness(target.name, load, max);
  switch (target.fit) {
    case "offline":
    case "gone":
      return `${target.name} is offline.`;
    case "busy":
      return `${target.name} is busy.`;
    case "away":
      return `${target.name} is away from the desk.`;
    default:
      return null;
  }
}
