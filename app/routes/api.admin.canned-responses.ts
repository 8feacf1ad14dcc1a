import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { cannedInput, createCanned } from "~/canned/edit-canned.server";
import { sharedCanned, sharedFilter } from "~/canned/shared-canned.server";
import { parse } from "~/chat/parse";

export const loader = api({
  GET: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    const filter = sharedFilter.parse(Object.fromEntries(new URL(request.url).searchParams));
    return { body: { cannedResponses: await sharedCanned(admin, filter) } };
  },
});

export const action = api({
  POST: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    const id = await createCanned(admin, parse(cannedInput, await jsonBody(request)), true);
    return { status: 201, body: { id } };
  },
});
