import { api } from "~/api/answer.server";
import { getMessages, postMessage } from "~/api/messages.server";
import { requireApiStaff } from "~/auth/require.server";

export const loader = api({
  GET: async ({ request, params }) => getMessages(await requireApiStaff(request), params.id ?? "", request),
});

export const action = api({
  POST: async ({ request, params }) => postMessage(await requireApiStaff(request), params.id ?? "", request),
});
