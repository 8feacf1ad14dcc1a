import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { requeueChat } from "~/chat/return-chats.server";

export const action = api({
  POST: async ({ request, params }) => {
    await requeueChat(await requireApiAgent(request), params.id ?? "");
    return { body: {} };
  },
});

export const loader = action;
