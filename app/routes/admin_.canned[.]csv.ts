import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/auth/require.server";
import { exportCanned } from "~/canned/canned-csv.server";

export async function loader({ request }: LoaderFunctionArgs) {
  return new Response(await exportCanned(await requireAdmin(request)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="canned-replies.csv"',
      "Cache-Control": "private, no-store",
    },
  });
}
