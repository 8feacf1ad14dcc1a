import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { visitorData } from "~/people/visitor-data.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  try {
    return new Response(JSON.stringify(await visitorData(admin, params.id ?? ""), null, 2), {
      headers: {
        "Content-Type": "application/json",
        "Content-Disposition": 'attachment; filename="customer.json"',
        "Cache-Control": "private, no-store",
      },
    });
  } catch (error) {
    if (error instanceof NotFound) throw data(null, { status: 404 });
    throw error;
  }
}
