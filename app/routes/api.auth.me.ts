import { api } from "~/api/answer.server";
import { publicUser } from "~/auth/login.server";
import { requireApiStaff } from "~/auth/require.server";

export const loader = api({
  GET: async ({ request }) => ({ body: { user: publicUser(await requireApiStaff(request)) } }),
});

export const action = loader;
