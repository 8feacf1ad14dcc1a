import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { findChat } from "~/chat/find-chat.server";

export const loader = api({
  GET: async ({ request, params }) => ({
    body: { chat: await findChat(await requireApiAgent(request), params.id ?? "") },
  }),
});

export const action = loader;
