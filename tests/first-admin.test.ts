import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { call } from "~/testing/caller";
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

test("a made-up password is shown once, and signs in", async () => {
  expect([made.code, made.said.startsWith('Added the admin "maria" with the password ')]).toEqual([0, true]);
  const password = /password (\S+)/.exec(made.said)?.[1] ?? "";
  const { status, body } = await call(world.url, "/api/auth/login", { body: { username: "maria", password } });
  expect([status, body.user?.role]).toEqual([200, "admin"]);
});

test.each([
  ["Maria", {}, 'There is an account "maria" already.'],
  ["", {}, "Say who, in small letters"],
  ["jo", { NEW_PASSWORD: "short" }, "The password: Use at least 12 characters"],
])("%j with %j is refused in a line", async (name, env, line) => {
  const { code, said } = await createAdmin(name, env);
  expect([code, said.includes(line), said.split("\n").length]).toEqual([1, true, 1]);
});
