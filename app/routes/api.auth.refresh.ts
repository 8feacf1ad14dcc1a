import { api, withCookies } from "~/api/answer.server";
import { refreshSignIn } from "~/auth/login.server";

export const action = api({
  POST: async ({ request }) => {
    const { user, token, cookies } = await refreshSignIn(request.headers.get("Cookie"));
    return { body: { token, user }, headers: withCookies(cookies) };
  },
});

export const loader = action;
