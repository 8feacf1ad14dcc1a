import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { call } from "~/testing/caller";
import { pageVisitor } from "~/testing/page-visitor";
import { startWorld } from "./world";

const world = startWorld();

async function createAdmin(name: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["build/index.js", "--create-admin", name], {
    env: { ...process.env, ...env },
  });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  const [code] = (await once(child, "close")) as [number];
  return { code, said: said.trim() };
}

let made: Awaited<ReturnType<typeof createAdmin>>;
beforeAll(async () => {
  made = await createAdmin("Maria");
});

test("a link is shown, by which they choose a password once, and sign in", async () => {
  expect([made.code, made.said.startsWith('Added the admin "maria". ')]).toEqual([0, true]);
  const path = /https?:\/\/\S+(\/reset\/[\w-]{43})$/.exec(made.said)?.[1] ?? "";
  const password = "seven quiet herons";
  const login = () => call(world.url, "/api/auth/login", { body: { username: "maria", password } });
  expect((await login()).status).toBe(401);
  const browser = pageVisitor(world.url);
  expect((await browser.get(path)).status).toBe(200);
  const chosen = await browser.post(path, { password, again: password });
  expect([chosen.status, chosen.headers.get("Location")]).toEqual([303, "/login?reset"]);
  expect(await login()).toMatchObject({ status: 200, body: { user: { role: "admin" } } });
  expect((await browser.post(path, { password: "another of them", again: "another of them" })).status).toBe(404);
});

test("a given password signs in at once", async () => {
  const NEW_PASSWORD = "eight quiet herons";
  expect((await createAdmin("nora", { NEW_PASSWORD })).said).toBe('Added the admin "nora"');
  const { status } = await call(world.url, "/api/auth/login", { body: { username: "nora", password: NEW_PASSWORD } });
  expect(status).toBe(200);
});

test.each([
  ["Maria", {}, 'There is an account "maria" already.'],
  ["", {}, "Say who, in small letters"],
  ["jo", { NEW_PASSWORD: "short" }, "The password: Use at least 12 characters"],
])("%j with %j is refused in a line", async (name, env, line) => {
  const { code, said } = await createAdmin(name, env);
  expect([code, said.includes(line), said.split("\n").length]).toEqual([1, true, 1]);
});
