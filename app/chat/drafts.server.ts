import { z } from "zod";
import type { Actor } from "~/auth/actor";
import { exec, maybeOne, sql } from "~/db.server";
import { findChatId, findReadableChatId } from "./find-chat.server";
import { MAX_CONTENT_LENGTH, text } from "./send-message.server";

export const draftInput = z.object({ sessionId: z.uuid(), content: text(MAX_CONTENT_LENGTH) });

const draftRow = z.object({ content: z.string() });
const ownerOf = (actor: Actor) => (actor.kind === "staff" ? actor.userId : 0);

/** Keeps unsent text, so that a crash or another device loses nothing; an empty one is forgotten. @throws NotFound */
export async function saveDraft(actor: Actor, { sessionId, content }: z.infer<typeof draftInput>): Promise<void> {
  await findChatId(actor, sessionId);
  if (content.trim() === "") return dropDraft(actor, sessionId);
  await exec(sql`
    insert into drafts (session_id, user_id, content) values (${sessionId}, ${ownerOf(actor)}, ${content})
    on conflict (session_id, user_id) do update set content = excluded.content, updated_at = now()`);
}

export async function draftOf(actor: Actor, sessionId: string): Promise<string> {
  await findReadableChatId(actor, sessionId);
  const row = await maybeOne(
    draftRow,
    sql`select content from drafts where session_id = ${sessionId} and user_id = ${ownerOf(actor)}`,
  );
  return row?.content ?? "";
}

export async function dropDraft(actor: Actor, sessionId: string): Promise<void> {
  await exec(sql`delete from drafts where session_id = ${sessionId} and user_id = ${ownerOf(actor)}`);
}
