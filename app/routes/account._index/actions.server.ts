import { redirect } from "@remix-run/node";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { changePassword, changePasswordInput } from "~/auth/change-password.server";
import { accessCookie, refreshCookie } from "~/auth/cookies.server";
import { endOwnSession, endSessionsOf } from "~/auth/own-sessions.server";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "~/routes/refusal.server";

const INTENTS = { end, everywhere, password };

/** One form, one intent. A password is never given back to the page. */
export async function answerIntent(staff: Staff, request: Request) {
  const { current, next, ...fields } = await formFields(request);
  try {
    const intent = z.enum(["end", "everywhere", "password"]).parse(fields.intent);
    return await INTENTS[intent](staff, { ...fields, current: current ?? "", next: next ?? "" });
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

type Fields = Record<string, string>;

async function end(staff: Staff, { sid }: Fields) {
  await endOwnSession(staff, z.uuid().parse(sid));
  return redirect("/account?ended", 303);
}

async function everywhere(staff: Staff) {
  await endSessionsOf(staff.userId);
  const headers = new Headers();
  for (const cookie of [accessCookie, refreshCookie]) headers.append("Set-Cookie", cookie.clear());
  return redirect("/login", { status: 303, headers });
}

async function password(staff: Staff, fields: Fields) {
  await changePassword(staff, changePasswordInput.parse(fields));
  return redirect("/account?changed", 303);
}
