import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openDataDir } from "./postgres-data.mjs";
import { ROOT } from "./project.mjs";
import { StartError } from "./start-error.mjs";

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/**
 * The few settings that the commands need before the program can check all of them. A `.env` file fills in what the
 * environment does not say. `trial` is true without a DATABASE_URL: database, secret and demo accounts are brought.
 */
export function readSettings() {
  loadEnvFile();
  const given = (name) => process.env[name] || undefined;
  const port = given("PORT") ?? "3002";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new StartError(`PORT: "${port}" is not a port; write a whole number from 0 to 65535.`);
  }
  const host = given("HOST") ?? "127.0.0.1";
  const trial = !given("DATABASE_URL");
  if (trial && !LOOPBACK.includes(host)) {
    throw new StartError(
      `HOST: ${host} would show the demo accounts to the network; leave it at 127.0.0.1, or set DATABASE_URL to run it for others.`,
    );
  }
  return { port: Number(port), host, trial, dataDir: resolve(ROOT, given("DATA_DIR") ?? ".data") };
}

function loadEnvFile() {
  const path = join(ROOT, ".env");
  if (!existsSync(path)) return;
  try {
    process.loadEnvFile(path);
  } catch (error) {
    throw new StartError(`.env cannot be read (${error.code}): make it readable for this user, or delete it.`);
  }
}

/** The key that signs sign-ins where nobody chose one: made once, kept beside the data. */
export function keptSecret(dataDir) {
  const path = join(openDataDir(dataDir), "jwt-secret");
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString("hex"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}

/** What the program itself is started with, given the address of its database. */
export function programEnv({ trial, dataDir, host }, databaseUrl) {
  const env = { ...process.env, DATA_DIR: dataDir, HOST: host, DATABASE_URL: databaseUrl };
  if (trial) Object.assign(env, { LOCAL_TRIAL: "true", NODE_ENV: "production" });
  if (!env.JWT_SECRET && env.NODE_ENV !== "production") env.JWT_SECRET = keptSecret(dataDir);
  if (!env.JWT_SECRET && trial) env.JWT_SECRET = keptSecret(dataDir);
  return env;
}
