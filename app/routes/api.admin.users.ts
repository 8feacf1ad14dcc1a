import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { createUser } from "~/people/edit-user.server";
import { findUser, listUsers, userFilter } from "~/people/list-users.server";
import { allowReset } from "~/people/reset-password.server";
import { userInput } from "~/people/user-input.server";
import { resetLink } from "./reset-link.server";

export const loader = api({
  GET: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    return { body: await listUsers(admin, userFilter.parse(Object.fromEntries(new URL(request.url).searchParams))) };
  },
});

const newUser = userInput.partial({ maxChats: true, avatarUrl: true });

export const action = api({
  POST: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    const id = await createUser(admin, { maxChats: null, avatarUrl: null, ...parse(newUser, await jsonBody(request)) });
    const link = resetLink(request, await allowReset(admin, id));
    return { status: 201, body: { user: await findUser(admin, id), resetLink: link } };
  },
});
