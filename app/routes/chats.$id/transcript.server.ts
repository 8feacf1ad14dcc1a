import { data } from "@remix-run/node";
import { getCustomer } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { readTranscript } from "~/chat/transcript.server";
import { isChange } from "~/chat/shapes";

/** The transcript that this browser may read; anything else, somebody else's too, is not there. */
export async function transcriptFor(request: Request, chatId = "") {
  const customer = await getCustomer(request);
  try {
    if (customer) {
      const { chat, messages } = await readTranscript(customer, chatId);
      return { chat, messages: messages.filter((message) => !isChange(message)) };
    }
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  throw data(null, { status: 404 });
}
