import { redirect } from "@remix-run/node";
import { z } from "zod";
import type { Actor } from "~/auth/actor";
import { editInput, editMessage, takeBackInput, takeBackMessage } from "~/chat/edit-message.server";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "./refusal.server";

const seq = z.coerce.number().int().min(0);

/** The form inside a log that stands in a frame: changes one's own message or takes it back, and leads to the log again. */
export async function changeByForm(actor: Actor, sessionId: string, request: Request) {
  const fields = await formFields(request);
  try {
    const { intent } = z.object({ intent: z.enum(["edit", "takeBack"]) }).parse(fields);
    const which = { sessionId, seq: seq.parse(fields.seq) };
    if (intent === "edit") await editMessage(actor, editInput.parse({ ...which, content: fields.content }));
    else await takeBackMessage(actor, takeBackInput.parse(which));
    return redirect(new URL(request.url).pathname, 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

/** `?edit=SEQ` says which message is being changed; null: none. */
export const changeAsked = (request: Request) => ({
  editing: seq
    .nullable()
    .catch(null)
    .parse(new URL(request.url).searchParams.get("edit") || null),
  now: Date.now(),
});
