import { z } from "zod";
import type { Actor } from "~/auth/actor";
import { addNote, noteInput } from "~/chat/add-note.server";
import { NotFound } from "~/chat/errors";
import { isChatId } from "~/chat/find-chat.server";
import { markRead, readInput } from "~/chat/mark-read.server";
import { parse } from "~/chat/parse";
import { latestMessages, messagesAfter, PAGE_SIZE } from "~/chat/read-log.server";
import { MOST_SEQ } from "~/chat/seq";
import { sendInput, sendMessage } from "~/chat/send-message.server";
import { MAX_WAIT_SECONDS, waitForMessages } from "~/chat/wait-for-messages.server";
import { jsonBody, type Answer } from "./answer.server";

const seq = z.coerce.number({ error: "write a seq that you have" }).int().min(0).max(MOST_SEQ);
const note = z.object({ note: z.literal(true) });

const query = z.object({
  after: seq.default(0),
  wait: z.coerce.number({ error: "write seconds" }).min(0).max(MAX_WAIT_SECONDS).optional(),
  before: seq.optional(),
  limit: z.coerce.number({ error: "write how many" }).int().min(1).max(PAGE_SIZE).default(100),
});

/**
 * `?after=SEQ`, and `&wait=SECONDS` to be answered as soon as there is something; `?before=SEQ&limit=N` for the page of the
 * log that ends there.
 */
export async function getMessages(actor: Actor, chatId: string, request: Request): Promise<Answer> {
  const { after, wait, before, limit } = parse(query, Object.fromEntries(new URL(request.url).searchParams));
  if (before !== undefined) {
    const messages = await latestMessages(actor, chatId, limit, before);
    return { body: { sessionId: chatId, messages, firstSeq: messages[0]?.seq ?? 0 } };
  }
  const messages = wait
    ? await waitForMessages(actor, chatId, after, wait, request.signal)
    : await messagesAfter(actor, chatId, after);
  return { body: { sessionId: chatId, messages, lastSeq: messages.at(-1)?.seq ?? after } };
}

/** 201 the stored message, 200 when it was stored before under this clientId. Staff may write `note: true`. */
export async function postMessage(actor: Actor, chatId: string | undefined, request: Request): Promise<Answer> {
  const body = await jsonBody(request);
  const { message, repeated, sessionId } =
    actor.kind === "staff" && note.safeParse(body).success
      ? await addNote(actor, parse(noteInput, { ...Object(body), sessionId: chatId }))
      : await send(actor, chatId, body);
  return { status: repeated ? 200 : 201, body: { ...message, sessionId, message } };
}

/** How far somebody has read: `{ seq }`, of an agent's chat or the customer's newest. */
export async function postRead(actor: Actor, chatId: string | undefined, request: Request): Promise<Answer> {
  const input = parse(readInput, await jsonBody(request));
  if (chatId !== undefined && !isChatId(chatId)) throw new NotFound();
  await markRead(actor, { ...input, sessionId: chatId ?? input.sessionId });
  return { body: {} };
}

function send(actor: Actor, chatId: string | undefined, body: unknown) {
  const input = parse(sendInput, body);
  return sendMessage(actor, { ...input, sessionId: chatId ?? input.sessionId });
}
