import { api } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { resetSecondFactor } from "~/auth/second-factor.server";
import { NotFound } from "~/chat/errors";

/** For whoever lost the telephone and the recovery codes. */
export const action = api({
  DELETE: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    if (!/^\d{1,15}$/.test(params.id ?? "")) throw new NotFound("That account has no second factor.");
    await resetSecondFactor(admin, Number(params.id));
    return { body: {} };
  },
});

export const loader = action;
