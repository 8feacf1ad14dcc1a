import { data, redirect } from "@remix-run/node";
import { z } from "zod";
import { requireAdmin } from "~/auth/require.server";
import { resetSecondFactor } from "~/auth/second-factor.server";
import { parse } from "~/chat/parse";
import { disableUser, enableUser, endAllSignIns } from "~/people/disable-user.server";
import { updateUser } from "~/people/edit-user.server";
import { allowReset } from "~/people/reset-password.server";
import { userInput } from "~/people/user-input.server";
import { fieldsAndFile, keepChosen } from "../file-field.server";
import { refusalResponse } from "../refusal.server";
import { resetLink } from "../reset-link.server";

const intents = z.enum(["save", "disable", "enable", "signOut", "reset", "resetFactor"]);
const DONE = {
  save: "saved",
  disable: "disabled",
  enable: "enabled",
  signOut: "signedOut",
  resetFactor: "factorReset",
} as const;
const VERBS = { disable: disableUser, enable: enableUser, signOut: endAllSignIns, resetFactor: resetSecondFactor };

/** What an admin does with somebody; a link for a new password is the answer itself, everything else leads back here. */
export async function answerIntent(request: Request, id: number) {
  const admin = await requireAdmin(request);
  let kept: Record<string, string> = {};
  try {
    const { fields, file: picture } = await fieldsAndFile(request, "picture");
    kept = fields;
    const intent = intents.parse(fields.intent);
    if (intent === "reset") {
      return data({ ok: true as const, link: resetLink(request, await allowReset(admin, id)) });
    }
    if (intent === "save") {
      const input = parse(userInput, fields);
      if (picture) input.avatarUrl = kept.avatarUrl = await keepChosen(picture, "face");
      await updateUser(admin, id, input);
    } else await VERBS[intent](admin, id);
    return redirect(`/admin/users/${id}?done=${DONE[intent]}`, 303);
  } catch (error) {
    return refusalResponse(error, kept, request);
  }
}
