import { z } from "zod";
import type { Actor } from "~/auth/actor";
import { parse } from "~/chat/parse";
import { messagesAfter } from "~/chat/read-log.server";
import { sendInput, sendMessage } from "~/chat/send-message.server";
import { MAX_WAIT_SECONDS, waitForMessages } from "~/chat/wait-for-messages.server";
import { jsonBody, type Answer } from "./answer.server";

const query = z.object({
  after: z.coerce.number({ error: "write the last seq that you have" }).int().min(0).max(2_147_483_647).default(0),
  wait: z.coerce.number({ error: "write seconds" }).min(0).max(MAX_WAIT_SECONDS).optional(),
});

/** `?after=SEQ`, and `&wait=SECONDS` to be answered as soon as there is something. */
export async function getMessages(actor: Actor, chatId: string, request: Request): Promise<Answer> {
  const { after, wait } = parse(query, Object.fromEntries(new URL(request.url).searchParams));
  const messages = wait
    ? await waitForMessages(actor, chatId, after, wait, request.signal)
    : await messagesAfter(actor, chatId, after);
  return { body: { sessionId: chatId, messages, lastSeq: messages.at(-1)?.seq ?? after } };
}

/** 201 the stored message, 200 when it was stored before under this clientId. */
export async function postMessage(actor: Actor, chatId: string | undefined, request: Request): Promise<Answer> {
  const input = parse(sendInput, await jsonBody(request));
  const { message, repeated, sessionId } = await sendMessage(actor, { ...input, sessionId: chatId ?? input.sessionId });
  return { status: repeated ? 200 : 201, body: { ...message, sessionId, message } };
}
