import { z } from "zod";
import type { Actor } from "~/auth/actor";
import { Conflict, Invalid, NotFound } from "./errors";
import { currentChatId, isChatId } from "./find-chat.server";
import { writeMessage } from "./message-writer.server";
import { toMessage } from "./message-row.server";
import { seq } from "./seq";
import type { Message } from "./shapes";
import { settings } from "~/settings/settings.server";

export const MAX_CONTENT_LENGTH = 8_000;

const HALF_CHARACTERS = /\p{Surrogate}/gu;
/** In most texts there is nothing to mend, and this is found out quickly. */
const PERHAPS_ODD = /[\0\ud800-\udfff]/;

/** Text as PostgreSQL can store it: without U+0000, which nobody types, and without halves of characters. */
export const text = (max: number) =>
  z
    .string()
    .transform((s) => (PERHAPS_ODD.test(s) ? s.replaceAll("\u0000", "").replace(HALF_CHARACTERS, "\ufffd") : s))
    .pipe(z.string().max(max, `That is too long: at most ${max.toLocaleString("en")} characters.`));

export const clientId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w-]+$/, "clientId must be a uuid");

const MOST_FILES = 20;

export const sendFields = z.object({
  sessionId: z.uuid().optional(),
  clientId,
  content: text(MAX_CONTENT_LENGTH),
  /** Files of one's own that were uploaded into this chat; with some, the text may be empty. */
  attachmentIds: z.array(z.uuid()).max(MOST_FILES, `At most ${MOST_FILES} files go with one message.`).optional(),
  expectedSeq: seq.optional(),
});

export const saysSomething = {
  check: ({ content, attachmentIds }: { content: string; attachmentIds?: string[] }) =>
    content.trim() !== "" || (attachmentIds?.length ?? 0) > 0,
  else: { message: "Write a message first.", path: ["content"] },
};

export const sendInput = sendFields.refine(saysSomething.check, saysSomething.else);

export type SendInput = z.infer<typeof sendInput>;

/**
 * Stores a message with its files, or finds the one that this sender already stored under this clientId (even when the text differs).
 * When it returns, the message is committed. A customer writes into their open chat; an agent into a chat they hold.
 * @throws NotFound for a stranger's chat, Conflict when it has ended or a colleague answered after expectedSeq,
 * Invalid when a file is not theirs to send.
 */
export async function sendMessage(
  actor: Actor,
  input: SendInput,
): Promise<{ message: Message; repeated: boolean; sessionId: string }> {
  const customer = actor.kind === "customer";
  const sessionId = input.sessionId ?? (customer ? await currentChatId(actor) : null);
  if (!sessionId) {
    if (customer) throw new NotFound("You have no open chat. Start one first.");
    throw new Invalid("Say which chat: sessionId is missing.", { sessionId: "is missing" });
  }
  if (!isChatId(sessionId)) throw new NotFound();
  const attachmentIds = await filesToSend(input.attachmentIds);
  const result = await writeMessage({
    sessionId,
    senderType: customer ? "customer" : "cs",
    visitorId: customer ? actor.visitorId : null,
    senderId: customer ? null : actor.userId,
    senderName: customer ? null : actor.name,
    anyChat: !customer && actor.role === "admin",
    clientId: input.clientId,
    messageType: "text",
    visibility: "all",
    content: input.content,
    attachmentIds,
    expectedSeq: input.expectedSeq ?? null,
  });
  switch (result.outcome) {
    case "not_found":
      throw new NotFound();
    case "ended":
      throw new Conflict("This chat has ended. Your text is kept.");
    case "overtaken":
      throw new Conflict("A colleague answered meanwhile. Your text is kept: read their answer first.");
    case "files_gone":
      throw new Invalid("A file is no longer there. Your text is kept: attach the file again.", {
        attachmentIds: "are not all there",
      });
    default:
      return { message: toMessage(result.row), repeated: result.outcome === "repeat", sessionId };
  }
}

async function filesToSend(ids: string[] = []): Promise<string[]> {
  if (ids.length === 0) return [];
  const { filesPerMessage } = await settings();
  if (ids.length > filesPerMessage) throw new Invalid(`At most ${filesPerMessage} files go with one message.`);
  return [...new Set(ids)];
}
