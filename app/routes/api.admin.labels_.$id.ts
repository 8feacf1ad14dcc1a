import { z } from "zod";
import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { deleteLabel, labelEdit, mergeLabels, updateLabel } from "~/chat/edit-labels.server";
import { parse } from "~/chat/parse";
import { idIn } from "./id-in.server";

const merge = z.object({ into: z.number().int().positive() });

/** PATCH changes it, POST `{ into }` merges it into another, DELETE takes it from every chat. */
export const action = api({
  PATCH: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    await updateLabel(admin, idIn(params.id), parse(labelEdit.partial(), await jsonBody(request)));
    return { body: {} };
  },
  POST: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    const { into } = parse(merge, await jsonBody(request));
    return { body: { chats: await mergeLabels(admin, idIn(params.id), into) } };
  },
  DELETE: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    return { body: { chats: await deleteLabel(admin, idIn(params.id)) } };
  },
});

export const loader = action;
