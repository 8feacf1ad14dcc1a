import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { myChats } from "~/chat/list-chats.server";

export const loader = api({
  GET: async ({ request }) => ({ body: { chats: await myChats(await requireApiAgent(request)) } }),
});

export const action = loader;
