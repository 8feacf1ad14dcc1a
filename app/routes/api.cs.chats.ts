import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { allChats, myChats } from "~/chat/list-chats.server";

/** One's own; `?list=all` everybody's, for whoever may. */
export const loader = api({
  GET: async ({ request }) => {
    const staff = await requireApiAgent(request);
    const all = new URL(request.url).searchParams.get("list") === "all";
    return { body: { chats: await (all ? allChats(staff) : myChats(staff)) } };
  },
});

export const action = loader;
