import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { Conflict, NotFound } from "./errors";
import { toMessage } from "./message-row.server";
import { writeMessage } from "./message-writer.server";
import { clientId, MAX_CONTENT_LENGTH, text } from "./send-message.server";

export const noteInput = z.object({
  sessionId: z.uuid(),
  clientId,
  content: text(MAX_CONTENT_LENGTH).refine((s) => s.trim() !== "", "Write a note first."),
});

/** A line for colleagues in the chat's log; no customer ever receives it. Repeats like a message. @throws NotFound, Conflict */
export async function addNote(staff: Staff, input: z.infer<typeof noteInput>) {
  const result = await writeMessage({
    sessionId: input.sessionId,
    senderType: "cs",
    visitorId: null,
    senderId: staff.userId,
    senderName: staff.name,
    anyChat: staff.role === "admin",
    clientId: input.clientId,
    messageType: "text",
    visibility: "staff",
    content: input.content,
    attachmentIds: [],
    expectedSeq: null,
  });
  if (result.outcome === "not_found") throw new NotFound();
  if (result.outcome !== "new" && result.outcome !== "repeat")
    throw new Conflict("This chat has ended. Your text is kept.");
  return { message: toMessage(result.row), repeated: result.outcome === "repeat", sessionId: input.sessionId };
}
