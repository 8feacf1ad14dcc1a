import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { cannedInput, deleteCanned, updateCanned } from "~/canned/edit-canned.server";
import { parse } from "~/chat/parse";
import { idIn } from "./id-in.server";

export const action = api({
  PATCH: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    await updateCanned(admin, idIn(params.id), parse(cannedInput.partial(), await jsonBody(request)));
    return { body: {} };
  },
  DELETE: async ({ request, params }) => {
    await deleteCanned(await requireApiStaff(request, "admin"), idIn(params.id));
    return { body: {} };
  },
});

export const loader = action;
