import { expect, test } from "vitest";
import { builtRoutes } from "~/testing/built-routes";
import { call } from "~/testing/caller";
import { startWorld } from "./world";

const world = startWorld();

interface Description {
  openapi: string;
  paths: Record<
    string,
    Record<string, { responses: object; requestBody?: { content: Record<string, { schema: object }> } }>
  >;
}

const described = async () => (await call(world.url, "/api/openapi.json")).body as Description;
const METHODS = ["GET", "POST", "PATCH", "DELETE"];

test("every call of the build is described, and no other", async () => {
  const built = builtRoutes().map(({ pattern }) => pattern);
  const calls = built.filter((pattern) => pattern.startsWith("/api/") && pattern !== "/api/*");
  const wanted = [...calls, "/api/health"].map((pattern) => pattern.replace(/:(\w+)/g, "{$1}")).sort();
  expect(Object.keys((await described()).paths).sort()).toEqual(wanted);
});

test("each is answered by the methods that are described, and by no other", async () => {
  const root = await world.agent("root", "admin");
  const ann = await world.customer("Hello");
  const silent = builtRoutes().filter(({ hasLoader }) => !hasLoader);
  const isSilent = (path: string) => silent.some(({ pattern }) => pattern.replace(/:(\w+)/g, "{$1}") === path);
  const { paths } = await described();
  for (const [path, methods] of Object.entries(paths)) {
    if (/\/(health|openapi\.json|docs|logout|refresh)$/.test(path)) continue;
    const there = path.replace(/\{verb\}/, "disable").replace(/\{\w+\}/g, "0");
    const { token } = path.startsWith("/api/chat/") ? ann : root;
    for (const method of METHODS.filter((one) => one !== "GET" || !isSilent(path))) {
      const { status } = await call(world.url, there, {
        method,
        token,
        ...(method !== "GET" && { body: {} }),
      });
      expect(`${method} ${path}: ${status === 405}`).toBe(`${method} ${path}: ${!(method.toLowerCase() in methods)}`);
    }
  }
});

test("what a body must have comes from the schema that reads it", async () => {
  const { paths } = await described();
  const schema = paths["/api/auth/login"]?.post?.requestBody?.content["application/json"]?.schema;
  expect(schema).toMatchObject({ type: "object", required: expect.arrayContaining(["username", "password"]) });
});

test("the page says the same, sockets included, without a script", async () => {
  const { status, body } = await call(world.url, "/api/docs", { headers: { Accept: "text/html" } });
  expect(status).toBe(200);
  for (const text of ["/api/admin/chats.csv", "/ws/cs", "cs:transfer_chat"]) expect(body).toContain(text);
});
