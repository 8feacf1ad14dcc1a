import { createHash } from "node:crypto";
import type { Actor } from "~/auth/actor";
import type { Attachment } from "~/files/shapes";
import { dropDraft } from "./drafts.server";
import { sendMessage, type SendInput } from "./send-message.server";

/**
 * Sends what a person typed into a page's form, and the files they chose there. A page that one went Back to still carries
 * the name of a message that is sent, with something else in it: a new message is meant then. Its name follows from what
 * it says, so that this one too is stored once.
 */
export async function sendTyped(actor: Actor, input: SendInput, attachments: Attachment[] = []): Promise<void> {
  const whole = { ...input, attachmentIds: attachments.map(({ id }) => id) };
  const { message, repeated, sessionId } = await sendMessage(actor, whole);
  const meant = saying(input.content, attachments);
  if (repeated && saying(message.content, message.attachments) !== meant) {
    const hash = createHash("sha256").update(meant).digest("hex").slice(0, 20);
    await sendMessage(actor, { ...whole, clientId: `${input.clientId.slice(0, 40)}-${hash}` });
  }
  await dropDraft(actor, sessionId);
}

/** A form that was sent twice brought its files twice: they have other ids, and are the same. */
const saying = (content: string, files: Attachment[]) =>
  files.length === 0 ? content : JSON.stringify([content, files.map(({ name, size }) => [name, size])]);
