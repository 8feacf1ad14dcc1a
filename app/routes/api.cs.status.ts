import { api, jsonBody } from "~/api/answer.server";
import { requireApiAgent } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { myStatus, setStatus, statusInput } from "~/people/status.server";

export const loader = api({
  GET: async ({ request }) => ({ body: await myStatus(await requireApiAgent(request)) }),
});

export const action = api({
  POST: async ({ request }) => {
    const staff = await requireApiAgent(request);
    const { status } = parse(statusInput, await jsonBody(request));
    await setStatus(staff, status);
    return { body: await myStatus(staff) };
  },
});
