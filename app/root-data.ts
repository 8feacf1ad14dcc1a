import { useRouteLoaderData } from "@remix-run/react";
import type { loader } from "./root";

/** What the root loader knows; undefined only on an error page that even the root could not load. */
export const useRootData = () => useRouteLoaderData<typeof loader>("root");
