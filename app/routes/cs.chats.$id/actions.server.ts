import { createHash } from "node:crypto";
import { redirect } from "@remix-run/node";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { claimChat } from "~/chat/claim-chat.server";
import { resolveChat } from "~/chat/end-chat.server";
import { markRead } from "~/chat/mark-read.server";
import { sendInput, sendMessage, type SendInput } from "~/chat/send-message.server";
import { setStatus, statusInput } from "~/people/status.server";
import { formFields } from "~/routes/form-fields.server";
import { refusalResponse } from "~/routes/refusal.server";

type Fields = Record<string, string>;

const INTENTS = { accept, resolve, send, read, status };

/** One form, one intent. What works leads on with a redirect, so that reloading the page sends nothing again. */
export async function answerIntent(staff: Staff, chatId: string, request: Request) {
  const fields = await formFields(request);
  try {
    const intent = z.enum(["accept", "resolve", "send", "read", "status"]).parse(fields.intent);
    await INTENTS[intent](staff, chatId, fields);
    return redirect(intent === "resolve" ? "/cs" : new URL(request.url).pathname.replace(/\.data$/, ""), 303);
  } catch (error) {
    return refusalResponse(error, fields);
  }
}

async function accept(staff: Staff, chatId: string) {
  await claimChat(staff, chatId);
}

async function resolve(staff: Staff, chatId: string) {
  await resolveChat(staff, chatId);
}

async function send(staff: Staff, sessionId: string, fields: Fields) {
  const input = sendInput.parse({ sessionId, clientId: fields.clientId, content: fields.content });
  const { message, repeated } = await sendMessage(staff, input);
  if (repeated && message.content !== input.content) await sendAnew(staff, input);
}

// Back to an old page, which still carries the name of a reply that is sent, and another text in its box: a new reply
// is meant then. Its name follows from the text, so that this one too is stored once.
async function sendAnew(staff: Staff, input: SendInput) {
  const hash = createHash("sha256").update(input.content).digest("hex").slice(0, 20);
  await sendMessage(staff, { ...input, clientId: `${input.clientId.slice(0, 40)}-${hash}` });
}

async function read(staff: Staff, sessionId: string, fields: Fields) {
  await markRead(staff, { sessionId, seq: z.coerce.number().int().min(0).parse(fields.seq) });
}

async function status(staff: Staff, _chatId: string, fields: Fields) {
  await setStatus(staff, statusInput.parse(fields).status);
}
