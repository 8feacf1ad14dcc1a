import { readdirSync, readFileSync } from "node:fs";

interface Route {
  id: string;
  parentId?: string;
  path?: string;
  index?: boolean;
  hasAction: boolean;
  hasLoader: boolean;
}

const FOLDER = "public/build";

/** What the last build serves, as its own manifest says: each route's pattern, `/cs/chats/:id`. */
export function builtRoutes() {
  const name = readdirSync(FOLDER).find((file) => /^manifest-\w+\.js$/.test(file));
  if (!name) throw new Error("There is no build: run `npm run build` first.");
  const text = readFileSync(`${FOLDER}/${name}`, "utf8");
  const { routes } = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as {
    routes: Record<string, Route>;
  };
  const pathOf = ({ parentId, path }: Route): string => {
    const parent = parentId && routes[parentId];
    return (parent ? pathOf(parent) : "") + (path ? `/${path}` : "");
  };
  return Object.values(routes).map((route) => ({ ...route, pattern: pathOf(route) || "/" }));
}
