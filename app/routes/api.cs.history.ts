import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { HISTORY_PAGE, historyInput, historyOf } from "~/chat/history.server";
import { parse } from "~/chat/parse";

export const loader = api({
  GET: async ({ request }) => {
    const staff = await requireApiAgent(request);
    const rows = await historyOf(staff, parse(historyInput, Object.fromEntries(new URL(request.url).searchParams)));
    return { body: { chats: rows.slice(0, HISTORY_PAGE), more: rows.length > HISTORY_PAGE } };
  },
});

export const action = loader;
