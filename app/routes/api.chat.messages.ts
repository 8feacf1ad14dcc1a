import { api } from "~/api/answer.server";
import { getMessages, postMessage } from "~/api/messages.server";
import { requireApiCustomer } from "~/auth/require.server";
import { currentChat } from "~/chat/find-chat.server";
import { NotFound } from "~/chat/errors";

/** The customer's newest chat: an ended one can still be read. */
export const loader = api({
  GET: async ({ request }) => {
    const customer = await requireApiCustomer(request);
    const chat = await currentChat(customer);
    if (!chat) throw new NotFound("You have no chat yet. Start one first.");
    return getMessages(customer, chat.id, request);
  },
});

export const action = api({
  POST: async ({ request }) => postMessage(await requireApiCustomer(request), undefined, request),
});
