import { data } from "@remix-run/node";
import { getCustomer } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { readTranscript } from "~/chat/transcript.server";

/** The transcript that this browser may read; anything else, somebody else's too, is not there. */
export async function transcriptFor(request: Request, chatId = "") {
  const customer = await getCustomer(request);
  try {
    if (customer) return await readTranscript(customer, chatId);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  throw data(null, { status: 404 });
}
