import { api, jsonBody } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { transferChat, transferInput } from "~/chat/transfer-chat.server";

export const action = api({
  POST: async ({ request, params }) => {
    const staff = await requireApiAgent(request);
    const input = parse(transferInput.omit({ sessionId: true }), await jsonBody(request));
    await transferChat(staff, { ...input, sessionId: params.id ?? "" });
    return { body: {} };
  },
});

export const loader = action;
