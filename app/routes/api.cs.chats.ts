import { api } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { myChats } from "~/chat/list-chats.server";

export const loader = api({
  GET: async ({ request }) => ({ body: { chats: await myChats(await requireApiStaff(request)) } }),
});

export const action = loader;
