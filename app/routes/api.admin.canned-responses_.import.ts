import { z } from "zod";
import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { checkImport, importCanned, importInput } from "~/canned/canned-csv.server";
import { parse } from "~/chat/parse";

/** A million characters, each of them escaped. */
const MOST_BYTES = 6_500_000;

const input = importInput.extend({ dryRun: z.boolean().default(false) });

export const action = api({
  POST: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    const { csv, dryRun } = parse(input, await jsonBody(request, MOST_BYTES));
    return { body: { ...(await (dryRun ? checkImport : importCanned)(admin, csv)), dryRun } };
  },
});

export const loader = action;
