import { z } from "zod";
import { api, jsonBody } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { countUse } from "~/canned/edit-canned.server";
import { cannedFor } from "~/canned/list-canned.server";
import { parse } from "~/chat/parse";

const used = z.object({ used: z.number().int().positive() });

export const loader = api({
  GET: async ({ request }) => ({ body: { cannedResponses: await cannedFor(await requireApiAgent(request)) } }),
});

/** `{ used: id }`: it was put into a reply. */
export const action = api({
  POST: async ({ request }) => {
    const staff = await requireApiAgent(request);
    await countUse(staff, parse(used, await jsonBody(request)).used);
    return { body: {} };
  },
});
