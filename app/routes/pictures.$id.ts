import type { LoaderFunctionArgs } from "@remix-run/node";
import { pictureOf } from "~/settings/pictures.server";

/** A face or the logo; never changes under its address. */
export async function loader({ params }: LoaderFunctionArgs) {
  const picture = await pictureOf(params.id ?? "");
  if (!picture) throw new Response("There is no such picture.", { status: 404 });
  return new Response(new Uint8Array(picture), {
    headers: { "Content-Type": "image/webp", "Cache-Control": "public, max-age=31536000, immutable" },
  });
}
