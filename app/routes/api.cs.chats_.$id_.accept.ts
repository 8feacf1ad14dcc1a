import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { claimChat } from "~/chat/claim-chat.server";

export const action = api({
  POST: async ({ request, params }) => ({
    body: { chat: await claimChat(await requireApiAgent(request), params.id ?? "") },
  }),
});

export const loader = action;
