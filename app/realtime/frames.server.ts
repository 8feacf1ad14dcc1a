import { z } from "zod";
import { clientId, saysSomething, sendFields, sendInput } from "~/chat/send-message.server";
import { startInput } from "~/chat/start-chat.server";
import { rateInput } from "~/chat/rate-chat.server";
import { readInput } from "~/chat/mark-read.server";
import { noteInput } from "~/chat/add-note.server";
import { draftInput } from "~/chat/drafts.server";
import { editInput, takeBackInput } from "~/chat/edit-message.server";
import { transferInput } from "~/chat/transfer-chat.server";
import { statusInput } from "~/people/status.server";

/** What every frame from outside looks like; what `data` must be is each event's own schema, below. */
export const frame = z.object({
  event: z.string().max(80),
  data: z.unknown().optional(),
  requestId: z.union([z.string().max(80), z.number()]).optional(),
});

export const nothing = z.unknown().transform(() => ({}));
export const chatOnly = z.object({ sessionId: z.uuid() });
export const viewing = chatOnly.extend({ isHere: z.boolean() });
export const typing = z.object({ sessionId: z.uuid().optional(), isTyping: z.boolean() });
/** What is typed, cut to what is worth showing. */
export const customerTyping = typing.extend({
  preview: z
    .string()
    .transform((s) => s.slice(0, 500))
    .optional(),
});
export const resume = z.object({ sessionId: z.uuid().optional(), after: z.unknown().transform(cursor) });
export const agentSend = sendFields.required({ sessionId: true }).refine(saysSomething.check, saysSomething.else);
export const forceAssign = chatOnly.extend({ csId: z.number().int().positive() });

export { draftInput, editInput, noteInput, takeBackInput };
export { clientId, readInput, rateInput, sendInput, startInput, statusInput, transferInput };

/** Anything that is not a seq counts as having nothing. */
function cursor(value: unknown) {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
