import { spawn } from "node:child_process";
import { once } from "node:events";
import { exec, sql } from "~/db.server";
import { hashPassword } from "~/auth/password.server";
import { hire } from "~/testing/cast.server";
import type { Target } from "./target.ts";
import type { Tally } from "./tally.ts";

const GOOD = {
  NODE_ENV: "production" as const,
  JWT_SECRET: "9f3c71e05ab8d2649f3c71e05ab8d2649f3c71e05ab8d264",
  APP_ORIGIN: "https://chat.example.com",
  LOCAL_TRIAL: "false",
  LOG_LEVEL: "info",
  PORT: "0",
};

/** A deployment that would be open to all does not start: one line, which variable, what to do. */
const WRONG: [Record<string, string>, RegExp][] = [
  [{ JWT_SECRET: "" }, /^JWT_SECRET: missing/],
  [{ JWT_SECRET: "short" }, /^JWT_SECRET: too short/],
  [{ JWT_SECRET: "x".repeat(31) }, /^JWT_SECRET: too short/],
  [{ JWT_SECRET: "changeme-changeme-changeme-changeme" }, /^JWT_SECRET: .*example/],
  [{ JWT_SECRET: "your-jwt-secret-goes-here-please-ok" }, /^JWT_SECRET: .*example/],
  [{ JWT_SECRET: "this is my default key for signing it" }, /^JWT_SECRET: .*example/],
  [{ JWT_SECRET: "a".repeat(64) }, /^JWT_SECRET: the same few/],
  [{ APP_ORIGIN: "" }, /^APP_ORIGIN: missing/],
  [{ APP_ORIGIN: "chat.example.com" }, /^APP_ORIGIN: /],
  [{ APP_ORIGIN: "javascript:alert(1)" }, /^APP_ORIGIN: /],
  [{ DATABASE_URL: "" }, /^DATABASE_URL: missing/],
  [{ S3_ENDPOINT: "https://s3.example.com" }, /^S3_REGION, .*missing/],
  [{ TRUST_PROXY: "yes" }, /^TRUST_PROXY: /],
  [{ RATE_LIMIT_FACTOR: "none" }, /^RATE_LIMIT_FACTOR: /],
];

export async function starts(_target: Target, tally: Tally, { short }: { short: boolean }) {
  for (const [wrong, line] of WRONG.filter((_, i) => !short || i % 5 === 0))
    await refused(JSON.stringify(wrong), wrong, line, tally);
  await hire("cs", "cs");
  await exec(sql`update users set password_hash = ${await hashPassword("cs123")} where username = 'cs'`);
  await refused("a demo password in use", {}, /^The account "cs" still has its demo password/, tally);
  await exec(sql`delete from users where username = 'cs'`);
  const right = await start({});
  tally.control("a deployment that is set up starts", right.listening, right.said);
}

async function refused(name: string, env: Record<string, string>, line: RegExp, tally: Tally) {
  const { listening, code, said } = await start(env);
  const held = !listening && code === 1 && line.test(said) && !/\n\s+at /.test(said) && said.split("\n").length <= 2;
  tally.attack(name, held, said);
}

async function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ["build/index.js"], {
    env: { ...process.env, ...GOOD, ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = once(child, "close").then(([code]) => ({ listening: false, code: code as number | null }));
  const listening = once(child, "message").then(() => ({ listening: true, code: null }));
  const timeout = new Promise<{ listening: boolean; code: null }>((resolve) =>
    setTimeout(() => resolve({ listening: false, code: null }), 20_000).unref(),
  );
  const outcome = await Promise.race([ended, listening, timeout]);
  child.kill("SIGKILL");
  await ended;
  return { ...outcome, said: said.trim() };
}
