import { data, redirect } from "@remix-run/node";
import { getCustomer, requireApiCustomer } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { readTranscript } from "~/chat/transcript.server";
import { isChange } from "~/chat/shapes";
import { eraseOwnChat } from "~/people/own-data.server";
import { settings } from "~/settings/settings.server";
import { refusalResponse } from "../refusal.server";

/** The transcript that this browser may read; anything else, somebody else's too, is not there. */
export async function transcriptFor(request: Request, chatId = "") {
  const customer = await getCustomer(request);
  try {
    if (customer) {
      const { chat, messages } = await readTranscript(customer, chatId);
      const mayErase = chat.endedAt !== null && (await settings()).customersErase;
      return { chat, mayErase, messages: messages.filter((message) => !isChange(message)) };
    }
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  throw data(null, { status: 404 });
}

/** The customer erases it, where the settings allow that. */
export async function eraseFor(request: Request, chatId = "") {
  try {
    await eraseOwnChat(await requireApiCustomer(request), chatId);
    return redirect("/", 303);
  } catch (error) {
    return refusalResponse(error, {}, request);
  }
}
