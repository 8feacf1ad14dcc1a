import { api } from "~/api/answer.server";
import { postRead } from "~/api/messages.server";
import { requireApiCustomer } from "~/auth/require.server";

export const action = api({
  POST: async ({ request }) => postRead(await requireApiCustomer(request), undefined, request),
});

export const loader = action;
