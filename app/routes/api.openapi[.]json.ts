import { openapi } from "~/api/openapi/openapi.server";

export const loader = () => Response.json(openapi(), { headers: { "Cache-Control": "public, max-age=300" } });
