import { z } from "zod";
import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { forceAssign } from "~/chat/transfer-chat.server";

const input = z.object({ csId: z.number().int().positive() });

export const action = api({
  POST: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    await forceAssign(admin, params.id ?? "", parse(input, await jsonBody(request)).csId);
    return { body: {} };
  },
});

export const loader = action;
