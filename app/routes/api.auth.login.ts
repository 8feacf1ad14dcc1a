import { api, jsonBody, withCookies } from "~/api/answer.server";
import { loginInput, signIn } from "~/auth/login.server";
import { parse } from "~/chat/parse";

export const action = api({
  POST: async ({ request, context }) => {
    const input = parse(loginInput, await jsonBody(request));
    const from = { ip: context.clientIp, userAgent: request.headers.get("User-Agent") };
    const { user, token, cookies } = await signIn(input, from, request.headers.get("Cookie"));
    return { body: { token, user }, headers: withCookies(cookies) };
  },
});

export const loader = action;
