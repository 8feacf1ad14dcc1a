import { z } from "zod";
import type pg from "pg";
import type { Staff } from "~/auth/actor";
import { logActivity } from "~/activity/log.server";
import { many, maybeOne, sql, transaction } from "~/db.server";
import { log } from "~/log.server";
import { settings } from "~/settings/settings.server";
import { appendEvent } from "./append-event.server";
import { Conflict } from "./errors";
import { findChatId } from "./find-chat.server";
import type { MessageRow } from "./message-row.server";
import { publish, publishRows } from "./publish.server";
import { consider, recordAssignment } from "./record-assignment.server";
import { serveQueue } from "./serve-queue.server";

type Why = "gone" | "no_answer" | "requeued";
/** Over chat_sessions s. */
type Condition = ReturnType<typeof sql>;

const BATCH = 100;
const candidateRow = z.object({ id: z.string(), cs_id: z.number() });
const returnedRow = z.object({ id: z.string(), cs_name: z.string(), former: z.number() });

/** What the customer reads. */
const WORDS: Record<Why, (name: string) => string> = {
  gone: (name) => `${name} lost connection. You are next in line: we keep your place`,
  no_answer: (name) => `${name} could not answer in time. You are next in line`,
  requeued: (name) => `${name} gave the chat back to the team. You are next in line`,
};

/** Chats whose agent has been gone for longer than the grace go back to the head of the queue, once. */
export async function returnAbandoned(): Promise<void> {
  const { graceSeconds } = await settings();
  const gone = sql`s.agent_lost_at is not null and s.agent_lost_at <= now() - make_interval(secs => ${graceSeconds})
    and not exists (select 1 from cs_leases l where l.user_id = s.cs_id and l.expires_at > now())`;
  await returnAll("gone", gone);
}

/** Chats that their agent has left unanswered go to somebody else, when there is somebody else. */
export async function returnUnanswered(): Promise<void> {
  const { noAnswerSeconds } = await settings();
  if (noAnswerSeconds === 0) return;
  const unanswered = sql`s.last_cs_seq < s.assigned_seq and s.last_customer_seq > s.last_cs_seq
    and s.assigned_at <= now() - make_interval(secs => ${noAnswerSeconds})`;
  await returnAll("no_answer", unanswered);
}

/** An agent gives a chat back to the team. @throws NotFound, Conflict */
export async function requeueChat(staff: Staff, chatId: string): Promise<void> {
  await findChatId(staff, chatId);
  const mine = staff.role === "admin" ? sql`true` : sql`s.cs_id = ${staff.userId}`;
  const row = await transaction((tx) => giveBack(tx, chatId, "requeued", mine, staff.userId));
  if (!row) throw new Conflict("This chat is not active any more.");
  await logActivity(staff.userId, "chat.requeued", chatId);
  await announce([row]);
}

/** What somebody held who answers no chats any more goes back to the head of the queue. @returns how many */
export async function returnChatsOf(userId: number, byUserId: number): Promise<number> {
  const theirs = sql`s.cs_id = ${userId}`;
  const held = await many(
    z.object({ id: z.string() }),
    sql`select s.id from chat_sessions s where s.status = 'active' and ${theirs} order by s.queued_at, s.id`,
  );
  const rows: Returned[] = [];
  for (const { id } of held) {
    const row = await transaction((tx) => giveBack(tx, id, "requeued", theirs, byUserId));
    if (row) rows.push(row);
  }
  if (rows.length > 0) await announce(rows);
  return rows.length;
}

async function returnAll(why: Why, condition: Condition) {
  const candidates = await many(
    candidateRow,
    sql`
      select s.id, s.cs_id from chat_sessions s where s.status = 'active' and ${condition}
      order by s.queued_at, s.id limit ${BATCH}`,
  );
  const rows: Returned[] = [];
  for (const { id, cs_id } of candidates) {
    const row = await transaction(async (tx) => {
      // Taking a chat from the one who is slow helps only if there is another.
      if (why === "no_answer" && (await consider(tx, cs_id))[0]?.fit !== "fit") return null;
      return giveBack(tx, id, why, condition, null);
    }).catch((error: unknown) => {
      // It is tried again in a second, and must not keep the others.
      log().warn({ error: String(error), chat: id }, "could not return a chat");
      return null;
    });
    if (row) rows.push(row);
  }
  if (rows.length > 0) await announce(rows);
}

interface Returned {
  row: MessageRow;
  former: number;
}

/** Checks the condition again under the chat's lock: two instances that both saw it return it once. */
async function giveBack(tx: pg.PoolClient, chatId: string, why: Why, condition: Condition, byUserId: number | null) {
  const returned = await maybeOne(
    returnedRow,
    sql`
      with former as (select id, cs_id from chat_sessions where id = ${chatId} for update)
      update chat_sessions s set status = 'waiting', cs_id = null, returned = true, agent_lost_at = null,
        skip_cs_id = case when ${why} = 'gone' then null else former.cs_id end
      from former join users u on u.id = former.cs_id
      where s.id = former.id and s.status = 'active' and ${condition}
      returning s.id, u.name as cs_name, u.id as former`,
    tx,
  );
  if (!returned) return null;
  const kind = why === "requeued" ? "requeued" : "returned";
  await recordAssignment(tx, chatId, { csId: null, kind, byUserId });
  const event = { kind: "returned" as const, csName: returned.cs_name, why };
  const row = await appendEvent(tx, chatId, event, WORDS[why](returned.cs_name));
  return { row, former: returned.former };
}

async function announce(returned: Returned[]) {
  publishRows(returned.map((r) => r.row));
  publish({ agents: new Set(returned.map((r) => r.former)), queue: true });
  await serveQueue();
}
