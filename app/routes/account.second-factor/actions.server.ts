import { data, redirect } from "@remix-run/node";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { provePassword } from "~/auth/change-password.server";
import { codeInput, confirmEnrolment, removeSecondFactor, renewRecoveryCodes } from "~/auth/second-factor.server";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "~/routes/refusal.server";

/** Recovery codes come with the answer itself, and with no other. */
export async function answerIntent(staff: Staff, request: Request) {
  const { password = "", ...fields } = await formFields(request);
  try {
    const intent = z.enum(["confirm", "renew", "remove"]).parse(fields.intent);
    // Also for the first one: with it, whoever finds a screen left open would make the account their own.
    await provePassword(staff, password, "password");
    if (intent === "confirm") return shown(await confirmEnrolment(staff, codeInput.parse(fields).code));
    if (intent === "renew") return shown(await renewRecoveryCodes(staff));
    await removeSecondFactor(staff);
    return redirect("/account?removed", 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

const shown = (codes: string[]) => data({ ok: true as const, codes });
