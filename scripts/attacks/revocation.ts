import { exec, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { openRaw } from "~/testing/raw-socket";
import { PASSWORD, signedIn, type Person, type Target } from "./target.ts";
import type { Tally } from "./tally.ts";

const LIMIT_MS = 5_000;

type SignIn = Awaited<ReturnType<typeof signedIn>>;

/** How a sign-in ends. The last three tell no other instance, as when every notification is lost. */
const ENDINGS: [string, (target: Target, person: Person, signIn: SignIn) => Promise<unknown>][] = [
  ["logout", ({ urls }, _, { token }) => call(urls[0], "/api/auth/logout", { token, method: "POST" })],
  ["everywhere", ({ urls }, _, { cookie }) => form(urls[0], cookie, { intent: "everywhere" })],
  [
    "a new password",
    async ({ urls }, { userId }) =>
      form(urls[1], (await signedIn(userId)).cookie, {
        intent: "password",
        current: PASSWORD,
        next: "seven quiet herons",
      }),
  ],
  ["disabled, unheard", (_, { userId }) => exec(sql`update users set disabled_at = now() where id = ${userId}`)],
  ["another role, unheard", (_, { userId }) => exec(sql`update users set role = 'cs' where id = ${userId}`)],
  ["ended, unheard", (_, __, { sid }) => exec(sql`update auth_sessions set revoked_at = now() where id = ${sid}`)],
];

export async function revocation(target: Target, tally: Tally) {
  await Promise.all(ENDINGS.map((ending, i) => endOne(target, tally, ending, i)));
}

async function endOne(target: Target, tally: Tally, [name, end]: (typeof ENDINGS)[number], i: number) {
  const person = await target.person(`ending-${i}`, "admin");
  const signIn = await signedIn(person.userId);
  const sockets = await Promise.all(
    target.urls.flatMap((url) =>
      ["/ws/cs", "/ws/admin"].map((path) => openRaw(url + path, { Authorization: `Bearer ${signIn.token}` })),
    ),
  );
  tally.control(`${name}: before it the token is good`, (await status(target.urls[1], signIn)).includes(200));
  const closed = sockets.map(
    ({ socket }) => new Promise<number>((resolve) => socket.once("close", () => resolve(Date.now()))),
  );
  await end(target, person, signIn);
  const began = Date.now();
  for (const [instance, url] of target.urls.entries()) {
    const [token, cookie, admin, refreshed] = await status(url, signIn);
    const demoted = name.startsWith("another role");
    if (!demoted) {
      tally.attack(`${name}: token at ${instance}`, token === 401, token);
      tally.attack(`${name}: cookie at ${instance}`, cookie === 302, cookie);
      tally.attack(`${name}: refresh token at ${instance}`, refreshed === 401, refreshed);
    }
    tally.attack(`${name}: admin's call at ${instance}`, admin !== 200, admin);
  }
  for (const [k, one] of closed.entries()) {
    const at = await Promise.race([one, new Promise<number>((r) => setTimeout(() => r(Infinity), LIMIT_MS + 500))]);
    tally.attack(`${name}: socket ${k} within 5 s`, at - began <= LIMIT_MS, at - began);
  }
}

async function status(url: string, { token, cookie, refreshToken }: SignIn): Promise<number[]> {
  const access = cookie.split("; ").find((part) => part.startsWith("hd_access=")) ?? "";
  const answers = [
    await call(url, "/api/auth/me", { token }),
    await fetch(`${url}/cs/history`, { headers: { Cookie: access }, redirect: "manual" }),
    await call(url, "/api/admin/stats", { token }),
  ];
  // Asking for a new pair spends the token: only once it must fail.
  if (answers[0]?.status === 200) return answers.map((answer) => answer.status);
  const headers = { Cookie: `hd_refresh=${refreshToken}`, Origin: url };
  answers.push(await call(url, "/api/auth/refresh", { method: "POST", headers }));
  return answers.map((answer) => answer.status);
}

const form = (url: string, cookie: string, fields: Record<string, string>) =>
  fetch(`${url}/account?index`, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: cookie, Origin: url },
    body: new URLSearchParams(fields),
  });
