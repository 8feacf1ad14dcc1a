import { api } from "~/api/answer.server";
import { verifyActivity } from "~/activity/verify-activity.server";
import { requireApiStaff } from "~/auth/require.server";

export const action = api({
  POST: async ({ request }) => ({ body: await verifyActivity(await requireApiStaff(request, "admin")) }),
});

export const loader = action;
