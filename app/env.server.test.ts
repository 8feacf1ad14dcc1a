import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { ENV_NAMES, EnvError, readEnv } from "./env.server";

const LEAST = { DATABASE_URL: "postgres://hera@localhost/hera", JWT_SECRET: "9f3c71e05ab8d264".repeat(4) };
const DEPLOYED = { ...LEAST, NODE_ENV: "production", APP_ORIGIN: "https://chat.example.com" };
const S3 = {
  S3_ENDPOINT: "https://s3.example.com",
  S3_REGION: "eu-1",
  S3_BUCKET: "hera",
  S3_ACCESS_KEY: "key",
  S3_SECRET_KEY: "hidden",
};

/** Set by the start script for the program it starts, never by a person. */
const NOT_FOR_PEOPLE = ["LOCAL_TRIAL"];
const FOR_PEOPLE = ENV_NAMES.filter((name) => !NOT_FOR_PEOPLE.includes(name));

const WRONG: Record<string, string> = {
  PORT: "many",
  NODE_ENV: "staging",
  DATABASE_URL: "mysql://localhost/hera",
  DATABASE_LISTEN_URL: "localhost",
  JWT_EXPIRES_IN: "soon",
  JWT_REFRESH_EXPIRES_IN: "7 days",
  S3_ENDPOINT: "s3",
  S3_FORCE_PATH_STYLE: "yes",
  S3_PUBLIC_URL: "files",
  MAX_CHAT_PER_CS: "0",
  AUTO_ASSIGN_ENABLED: "on",
  CHAT_IDLE_TIMEOUT: "30m",
  APP_ORIGIN: "chat.example.com",
  TRUST_PROXY: "yes",
  RATE_LIMIT_FACTOR: "-1",
  SEARCH_INDEX_SHARE: "2",
  METRICS_PORT: "65536",
  LOG_LEVEL: "loud",
  LOCAL_TRIAL: "1",
};

describe("readEnv", () => {
  test.each(Object.entries(WRONG))("a wrong %s is named", (name, value) => {
    expect(refusal({ ...LEAST, ...S3, [name]: value })).toMatch(new RegExp(`^${name}: .`));
  });

  test("every wrong variable has a line of its own", () => {
    expect(refusal({ ...LEAST, PORT: "many", LOG_LEVEL: "loud" }).split("\n")).toHaveLength(2);
  });

  test.each(["DATABASE_URL", "JWT_SECRET"])("a missing %s is named", (name) => {
    expect(refusal({ ...LEAST, [name]: undefined })).toMatch(new RegExp(`^${name}: missing`));
  });

  test("an empty variable counts as unset", () => {
    expect(readEnv({ ...LEAST, PORT: "" }).PORT).toBe(3002);
  });

  test("a half-set S3 group names what is missing", () => {
    expect(refusal({ ...LEAST, ...S3, S3_BUCKET: undefined, S3_REGION: undefined })).toMatch(/^S3_REGION, S3_BUCKET: /);
    expect(readEnv({ ...LEAST, ...S3 }).S3_BUCKET).toBe("hera");
  });

  test("durations are seconds", () => {
    const { JWT_EXPIRES_IN, JWT_REFRESH_EXPIRES_IN } = readEnv({
      ...LEAST,
      JWT_EXPIRES_IN: "90",
      JWT_REFRESH_EXPIRES_IN: "2h",
    });
    expect([JWT_EXPIRES_IN, JWT_REFRESH_EXPIRES_IN]).toEqual([90, 7200]);
  });

  test("a deployment wants a strong secret and its address", () => {
    expect(readEnv(DEPLOYED).APP_ORIGIN).toEqual(["https://chat.example.com"]);
    expect(refusal({ ...DEPLOYED, JWT_SECRET: "short" })).toMatch(/^JWT_SECRET: /);
    expect(refusal({ ...DEPLOYED, JWT_SECRET: "please-change-me".repeat(4) })).toMatch(/^JWT_SECRET: /);
    expect(refusal({ ...DEPLOYED, APP_ORIGIN: undefined })).toMatch(/^APP_ORIGIN: missing/);
    expect(readEnv({ ...DEPLOYED, APP_ORIGIN: undefined, LOCAL_TRIAL: "true" }).LOCAL_TRIAL).toBe(true);
  });
});

describe("what is written of it", () => {
  test(".env.example lists every variable", async () => {
    expect((await exampleEntries()).map(([name]) => name).sort()).toEqual([...FOR_PEOPLE].sort());
  });

  test(".env.example shows the defaults", async () => {
    expect(readEnv({ ...Object.fromEntries(await exampleEntries()), ...LEAST })).toEqual(readEnv(LEAST));
  });

  test("the README's table lists every variable with the same default", async () => {
    const readme = await readFile("README.md", "utf8");
    const rows = [...readme.matchAll(/^\| `([A-Z0-9_]+)` +\| ([^|]*?) +\|/gm)].map(([, name, value]) => [
      name,
      value?.trim(),
    ]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(await exampleEntries()));
  });

  async function exampleEntries() {
    const text = await readFile(".env.example", "utf8");
    return [...text.matchAll(/^#?([A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [name, value] as [string, string]);
  }
});

function refusal(source: Record<string, string | undefined>) {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  throw new Error("it was accepted");
}
