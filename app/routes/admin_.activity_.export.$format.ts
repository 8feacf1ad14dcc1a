import { ReadableStream } from "node:stream/web";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportActivity } from "~/activity/export-activity.server";
import { activityFilter } from "~/activity/list-activity.server";
import { requireAdmin } from "~/auth/require.server";
import { parse } from "~/chat/parse";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

/** The log as a file, streamed; whoever stops reading stops the reading. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const format = params.format === "json" ? "json" : "csv";
  const filter = parse(activityFilter, Object.fromEntries(new URL(request.url).searchParams));
  const text = exportActivity(admin, filter, format);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
  return new Response(body as unknown as BodyInit, {
    headers: {
      "Content-Type": TYPES[format],
      "Content-Disposition": `attachment; filename="activity.${format}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
