import { api, jsonBody, withCookies } from "~/api/answer.server";
import { customerCookie } from "~/auth/cookies.server";
import { credentialsOf } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { startChat, startInput } from "~/chat/start-chat.server";

export const action = api({
  POST: async ({ request, context }) => {
    const input = parse(startInput, await jsonBody(request));
    const { bearer, cookie } = credentialsOf(request);
    const from = { ip: context.clientIp, userAgent: request.headers.get("User-Agent") };
    const { session, customerToken } = await startChat(bearer ?? customerCookie.read(cookie), input, from);
    const { id: sessionId, status, position } = session;
    return {
      status: 201,
      headers: withCookies([customerCookie.write(customerToken)]),
      body: { sessionId, customerToken, status, ...(position === null ? {} : { position }) },
    };
  },
});

export const loader = action;
