import { api } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { board } from "~/chat/board.server";

export const loader = api({
  GET: async ({ request }) => {
    await requireApiStaff(request, "admin");
    return { body: { stats: await board() } };
  },
});

export const action = loader;
