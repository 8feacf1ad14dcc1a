import { api } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { cannedFor } from "~/canned/list-canned.server";

export const loader = api({
  GET: async ({ request }) => ({ body: { cannedResponses: await cannedFor(await requireApiAgent(request)) } }),
});

export const action = loader;
