import type { LoaderFunctionArgs } from "@remix-run/node";
import { refused } from "~/api/answer.server";
import { exportAs } from "~/api/export.server";
import { requireApiStaff } from "~/auth/require.server";

/** All that fit, not in pages. */
export async function loader(args: LoaderFunctionArgs) {
  try {
    return await exportAs("json", await requireApiStaff(args.request, "admin"), args);
  } catch (error) {
    return refused(error, args.request);
  }
}
