import { api } from "~/api/answer.server";
import { activityFilter, listActivity } from "~/activity/list-activity.server";
import { requireApiStaff } from "~/auth/require.server";
import { parse } from "~/chat/parse";

export const loader = api({
  GET: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    const filter = parse(activityFilter, Object.fromEntries(new URL(request.url).searchParams));
    const { entries, next } = await listActivity(admin, filter);
    return { body: { logs: entries, next } };
  },
});

export const action = loader;
