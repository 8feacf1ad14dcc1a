import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { createLabel, labelEdit, listLabels } from "~/chat/edit-labels.server";
import { parse } from "~/chat/parse";

export const loader = api({
  GET: async ({ request }) => ({ body: { labels: await listLabels(await requireApiStaff(request, "admin")) } }),
});

export const action = api({
  POST: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    return { status: 201, body: { id: await createLabel(admin, parse(labelEdit, await jsonBody(request))) } };
  },
});
