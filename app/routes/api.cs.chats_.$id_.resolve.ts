import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { resolveChat } from "~/chat/end-chat.server";

export const action = api({
  POST: async ({ request, params }) => {
    await resolveChat(await requireApiAgent(request), params.id ?? "");
    return { body: {} };
  },
});

export const loader = action;
