import type { ActionFunctionArgs } from "@remix-run/node";
import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { updateUser } from "~/people/edit-user.server";
import { findUser } from "~/people/list-users.server";
import { userInput } from "~/people/user-input.server";
import { idIn } from "./id-in.server";

export const loader = api({
  GET: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    return { body: { user: await findUser(admin, idIn(params.id)) } };
  },
});

async function change({ request, params }: ActionFunctionArgs) {
  const admin = await requireApiStaff(request, "admin");
  const id = idIn(params.id);
  await updateUser(admin, id, parse(userInput.partial(), await jsonBody(request)));
  return { body: { user: await findUser(admin, id) } };
}

export const action = api({ PATCH: change, POST: change });
