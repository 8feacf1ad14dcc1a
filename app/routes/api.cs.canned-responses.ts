import { api } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { cannedFor } from "~/canned/list-canned.server";

export const loader = api({
  GET: async ({ request }) => ({ body: { cannedResponses: await cannedFor(await requireApiStaff(request)) } }),
});

export const action = loader;
