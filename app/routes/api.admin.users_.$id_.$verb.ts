import { api } from "~/api/answer.server";
import type { Staff } from "~/auth/actor";
import { requireApiStaff } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { disableUser, enableUser, endAllSignIns } from "~/people/disable-user.server";
import { allowReset } from "~/people/reset-password.server";
import { idIn } from "./id-in.server";
import { resetLink } from "./reset-link.server";

type Verb = (admin: Staff, id: number, request: Request) => Promise<object | void>;

const VERBS = new Map<string, Verb>([
  ["disable", disableUser],
  ["enable", enableUser],
  ["end-sessions", async (admin, id) => ({ ended: await endAllSignIns(admin, id) })],
  ["reset-password", async (admin, id, request) => ({ resetLink: resetLink(request, await allowReset(admin, id)) })],
]);

export const action = api({
  POST: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    const verb = VERBS.get(params.verb ?? "");
    if (!verb) throw new NotFound("There is no such call.");
    return { body: (await verb(admin, idIn(params.id), request)) ?? {} };
  },
});

export const loader = action;
