import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { queuedChats } from "~/chat/list-chats.server";

export const loader = api({
  GET: async ({ request }) => ({ body: { queue: await queuedChats(await requireApiAgent(request)) } }),
});

export const action = loader;
