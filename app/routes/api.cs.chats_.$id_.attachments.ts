import { api } from "~/api/answer.server";
import { postAttachment } from "~/api/attachments.server";
import { requireApiAgent } from "~/auth/require.server";

export const action = api({
  POST: async ({ request, params }) => postAttachment(await requireApiAgent(request), params.id ?? "", request),
});
