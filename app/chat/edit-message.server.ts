import { z } from "zod";
import type { Actor, Staff } from "~/auth/actor";
import { exec, many, maybeOne, sql, transaction } from "~/db.server";
import { appendEvent } from "./append-event.server";
import { Conflict, NotAllowed, NotFound } from "./errors";
import { findChatId } from "./find-chat.server";
import { publishRows } from "./publish.server";
import { MAX_CONTENT_LENGTH, text } from "./send-message.server";
import { seq } from "./seq";

export const EDIT_WINDOW_SECONDS = 300;

export const editInput = z.object({
  sessionId: z.uuid(),
  seq: seq.min(1),
  content: text(MAX_CONTENT_LENGTH).refine((s) => s.trim() !== "", "Write something, or take the message back."),
});

export const takeBackInput = editInput.omit({ content: true });

const messageRow = z.object({
  content: z.string(),
  visibility: z.enum(["all", "staff"]),
  taken_back: z.boolean(),
  in_time: z.boolean(),
});

/** Changes one's own message within five minutes; what it said before is kept for admins. @throws NotFound, Conflict */
export function editMessage(actor: Actor, input: z.infer<typeof editInput>): Promise<void> {
  return change(actor, input.sessionId, input.seq, input.content);
}

/** Empties one's own message within five minutes; its files go. @throws NotFound, Conflict */
export function takeBackMessage(actor: Actor, input: z.infer<typeof takeBackInput>): Promise<void> {
  return change(actor, input.sessionId, input.seq, null);
}

/** The change is a row of the log as well, so that it reaches everybody as surely as a message does. */
async function change(actor: Actor, sessionId: string, seq: number, content: string | null) {
  await findChatId(actor, sessionId);
  const own =
    actor.kind === "customer" ? sql`sender_type = 'customer'` : sql`sender_type = 'cs' and sender_id = ${actor.userId}`;
  const row = await transaction(async (tx) => {
    const before = await maybeOne(
      messageRow,
      sql`
        select content, visibility, taken_back_at is not null as taken_back,
          created_at > now() - make_interval(secs => ${EDIT_WINDOW_SECONDS}) as in_time
        from messages where session_id = ${sessionId} and seq = ${seq} and ${own} for update`,
      tx,
    );
    if (!before) throw new NotFound("There is no such message of yours.");
    if (before.taken_back) throw new Conflict("This message was taken back.");
    if (!before.in_time) throw new Conflict("A message can be changed for five minutes; this one is older.");
    await exec(
      sql`insert into message_revisions (session_id, seq, content) values (${sessionId}, ${seq}, ${before.content})`,
      tx,
    );
    await exec(
      content === null
        ? sql`update messages set content = '', taken_back_at = now() where session_id = ${sessionId} and seq = ${seq}`
        : sql`update messages set content = ${content}, edited_at = now() where session_id = ${sessionId} and seq = ${seq}`,
      tx,
    );
    // The bytes follow by the list of deletions.
    if (content === null)
      await exec(
        sql`delete from attachments a using message_attachments f
          where f.attachment_id = a.id and f.session_id = ${sessionId} and f.seq = ${seq}`,
        tx,
      );
    const event = content === null ? { kind: "taken_back" as const, seq } : { kind: "edited" as const, seq, content };
    return appendEvent(
      tx,
      sessionId,
      event,
      content === null ? "A message was taken back" : "A message was changed",
      before.visibility,
    );
  });
  publishRows([row]);
}

const revisionRow = z.object({ content: z.string(), replacedAt: z.date() });

/** What a message said before, oldest first. @throws NotAllowed for everybody but admins */
export function revisionsOf(admin: Staff, sessionId: string, seq: number) {
  if (admin.role !== "admin") throw new NotAllowed();
  return many(
    revisionRow,
    sql`select content, replaced_at as "replacedAt" from message_revisions
      where session_id = ${sessionId} and seq = ${seq} order by id`,
  );
}
