import { api } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { askedOf } from "~/reports/chat-filter.server";
import { findChats, findInput } from "~/reports/find-chats.server";

/** A page of all chats that fit; `older` and `newer` are what the next request says as `before` and `after`. */
export const loader = api({
  GET: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    const asked = askedOf(request);
    return { body: await findChats(admin, parse(findInput, asked)) };
  },
});

export const action = loader;
