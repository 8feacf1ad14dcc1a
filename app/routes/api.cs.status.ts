import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { PAGE_LEASE_SECONDS, renewLease } from "~/people/presence.server";
import { myStatus, setStatus, statusInput } from "~/people/status.server";

export const loader = api({
  GET: async ({ request }) => ({ body: await myStatus(await requireApiStaff(request)) }),
});

export const action = api({
  POST: async ({ request }) => {
    const staff = await requireApiStaff(request);
    const { status } = parse(statusInput, await jsonBody(request));
    await renewLease(staff.sid, staff.userId, PAGE_LEASE_SECONDS);
    await setStatus(staff, status);
    return { body: await myStatus(staff) };
  },
});
