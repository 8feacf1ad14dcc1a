import { api, withCookies } from "~/api/answer.server";
import { signOut } from "~/auth/login.server";

export const action = api({
  POST: async ({ request }) => ({ body: {}, headers: withCookies(await signOut(request)) }),
});

export const loader = action;
