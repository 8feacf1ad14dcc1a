import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { queuedChats } from "~/chat/list-chats.server";

export const loader = api({
  GET: async ({ request }) => {
    await requireApiAgent(request);
    return { body: { queue: await queuedChats() } };
  },
});

export const action = loader;
