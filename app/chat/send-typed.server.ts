import { createHash } from "node:crypto";
import type { Actor } from "~/auth/actor";
import { dropDraft } from "./drafts.server";
import { sendMessage, type SendInput } from "./send-message.server";

/**
 * Sends what a person typed into a page's form. A page that one went Back to still carries the name of a message that
 * is sent, with another text in its box: a new message is meant then. Its name follows from the text, so that this one
 * too is stored once.
 */
export async function sendTyped(actor: Actor, input: SendInput): Promise<void> {
  const { message, repeated, sessionId } = await sendMessage(actor, input);
  if (repeated && message.content !== input.content) {
    const hash = createHash("sha256").update(input.content).digest("hex").slice(0, 20);
    await sendMessage(actor, { ...input, clientId: `${input.clientId.slice(0, 40)}-${hash}` });
  }
  await dropDraft(actor, sessionId);
}
