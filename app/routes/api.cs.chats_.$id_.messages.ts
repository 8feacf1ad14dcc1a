import { api } from "~/api/answer.server";
import { getMessages, postMessage } from "~/api/messages.server";
import { requireApiAgent } from "~/auth/require.server";

export const loader = api({
  GET: async ({ request, params }) => getMessages(await requireApiAgent(request), params.id ?? "", request),
});

export const action = api({
  POST: async ({ request, params }) => postMessage(await requireApiAgent(request), params.id ?? "", request),
});
