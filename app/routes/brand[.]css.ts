import { brandCss } from "~/settings/brand.server";

/** The organisation's accent: a file of its own, because pages may have no styles inside. */
export async function loader() {
  return new Response(await brandCss(), {
    headers: { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=86400" },
  });
}
