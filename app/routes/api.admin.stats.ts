import { api } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { board } from "~/chat/board.server";
import { parse } from "~/chat/parse";
import { askedOf } from "~/reports/chat-filter.server";
import { trends, trendsInput } from "~/reports/trends.server";

/** How it goes right now; with a `range`, also how it went. */
export const loader = api({
  GET: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    const asked = askedOf(request);
    if (!asked.range) return { body: { stats: await board() } };
    const [stats, figures] = await Promise.all([board(), trends(admin, parse(trendsInput, asked))]);
    return { body: { stats, trends: figures } };
  },
});

export const action = loader;
