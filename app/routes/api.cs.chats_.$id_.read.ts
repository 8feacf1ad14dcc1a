import { api } from "~/api/answer.server";
import { postRead } from "~/api/messages.server";
import { requireApiStaff } from "~/auth/require.server";

/** No sign of life: a page reads by itself. */
export const action = api({
  POST: async ({ request, params }) => postRead(await requireApiStaff(request), params.id, request),
});

export const loader = action;
