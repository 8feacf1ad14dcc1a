import { redirect } from "@remix-run/node";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { forceAssign } from "~/chat/transfer-chat.server";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "~/routes/refusal.server";

const assignInput = z.object({
  chatId: z.uuid(),
  csId: z.coerce.number({ error: "Choose an agent." }).int().positive("Choose an agent."),
});

/** The form beside a chat of the queue, and in the view of one chat; leads back to where it stood. */
export async function assignByForm(admin: Staff, request: Request) {
  const fields = await formFields(request);
  try {
    const { chatId, csId } = assignInput.parse(fields);
    await forceAssign(admin, chatId, csId);
    return redirect(new URL(request.url).pathname.replace(/\.data$/, ""), 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}
