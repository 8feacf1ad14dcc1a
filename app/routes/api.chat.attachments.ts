import { api } from "~/api/answer.server";
import { postAttachment } from "~/api/attachments.server";
import { requireApiCustomer } from "~/auth/require.server";

export const action = api({
  POST: async ({ request }) => postAttachment(await requireApiCustomer(request), undefined, request),
});
