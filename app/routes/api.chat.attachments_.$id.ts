import { api } from "~/api/answer.server";
import { deleteAttachment } from "~/api/attachments.server";
import { requireApiCustomer } from "~/auth/require.server";

export const action = api({
  DELETE: async ({ request, params }) => deleteAttachment(await requireApiCustomer(request), params.id),
});
