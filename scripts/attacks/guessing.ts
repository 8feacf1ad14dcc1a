import { call } from "~/testing/caller";
import { PASSWORD, type Target } from "./target.ts";
import type { Tally } from "./tally.ts";

const LIMIT = 10;

/** Two instances of their own, with limits as in a deployment and a proxy in front. */
export async function guessing(target: Target, tally: Tally, { short }: { short: boolean }) {
  const env = { RATE_LIMIT_FACTOR: "1", TRUST_PROXY: "1" };
  const pair = [await target.startInstance(env), await target.startInstance(env)];
  for (const name of ["guessed", "spoofed", "locked", "timed"]) await target.person(name);
  const login = (username: string, password: string, from: string, i: number) =>
    call(pair[i % 2]?.url ?? "", "/api/auth/login", {
      body: { username, password },
      headers: { "X-Forwarded-For": from },
    });

  const names = ["guessed", " GUESSED", "Guessed ", "gUeSsEd"];
  const tries = await Promise.all(
    Array.from({ length: short ? 30 : 200 }, (_, i) => login(names[i % 4] ?? "", `guess ${i}`, "198.51.100.1", i)),
  );
  for (const [i, { status }] of tries.entries()) tally.attack(`try ${i}`, status === 401 || status === 429, status);
  const compared = tries.filter(({ status }) => status === 401).length;
  tally.attack("so many tries at once are 10 in all", compared <= LIMIT, compared);

  const spoofed = [];
  for (let i = 0; i < (short ? 15 : 40); i++)
    spoofed.push(await login("spoofed", "guess", `10.0.${i}.1, 203.0.113.9`, i));
  const let_ = spoofed.filter(({ status }) => status === 401).length;
  for (const [i, { status }] of spoofed.slice(LIMIT).entries())
    tally.attack(`invented address ${i}`, status === 429, status);
  tally.attack("an invented X-Forwarded-For opens no new count", let_ <= LIMIT, let_);

  for (let i = 0; i < 15; i++) await login("locked", "guess", "198.51.100.2", i);
  const same = await login("locked", PASSWORD, "198.51.100.2", 0);
  tally.attack("after too many, the right password neither", same.status === 429, same.status);
  const owner = await login("locked", PASSWORD, "198.51.100.3", 1);
  tally.control("a stranger's guesses lock nobody out elsewhere", owner.status === 200, owner.status);

  const known = await timed(() => login("timed", "guess", "198.51.100.4", 0));
  const unknown = await timed(() => login("nobody-at-all", "guess", "198.51.100.5", 0));
  const alike = JSON.stringify(known.answer.body) === JSON.stringify(unknown.answer.body);
  tally.attack(
    "a known and an unknown name get the same answer",
    alike && known.answer.status === unknown.answer.status,
  );
  console.log(`a wrong password ${known.ms} ms, an unknown name ${unknown.ms} ms`);
  await Promise.all(pair.map((instance) => instance.stop()));
}

async function timed<T>(work: () => Promise<T>) {
  const began = performance.now();
  const answer = await work();
  return { answer, ms: Math.round(performance.now() - began) };
}
