import type { LoaderFunctionArgs } from "@remix-run/node";
import { refused } from "~/api/answer.server";
import { exportAs } from "~/api/export.server";
import { requireAdmin } from "~/auth/require.server";

export async function loader(args: LoaderFunctionArgs) {
  const admin = await requireAdmin(args.request);
  return exportAs("csv", admin, args).catch((error: unknown) => refused(error, args.request));
}
