import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { databaseUrl } from "./database-url";
import { startTestPostgres } from "../../scripts/test-postgres.mjs";
import { closeDb, migrate } from "~/db.server";

declare module "vitest" {
  export interface ProvidedContext {
    /** A server on which databases may be made, and the migrated database they are cloned from. */
    database: { serverUrl: string; template: string };
  }
}

const TEMPLATE_LOCK = 4_839_202;
const MIGRATIONS = "sql/migrations";

/** Before the first test file: a server (TEST_DATABASE_URL, else one of our own) and the template on it. */
export default async function setup(project: TestProject) {
  const { url, stop } = await findServer();
  project.provide("database", { serverUrl: url, template: await prepareTemplate(url) });
  return stop;
}

async function findServer() {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const { url, discard } = await startTestPostgres();
  return { url, stop: discard };
}

/** Made once for each state of the migrations; runs that start together wait for one another. */
async function prepareTemplate(serverUrl: string) {
  const template = `heradesk_template_${await checksum()}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [template]);
    if (rowCount === 0) await makeTemplate(client, serverUrl, template);
  } finally {
    await client.end();
  }
  return template;
}

/** Under another name until it is complete. */
async function makeTemplate(client: pg.Client, serverUrl: string, template: string) {
  const unfinished = `${template}_unfinished`;
  await client.query(`drop database if exists ${unfinished}`);
  await client.query(`create database ${unfinished}`);
  await migrateOnly(databaseUrl(serverUrl, unfinished));
  await client.query(`alter database ${unfinished} rename to ${template}`);
}

/** migrate() works on the database of the environment, which only the test files may keep. */
async function migrateOnly(url: string) {
  const before = { ...process.env };
  Object.assign(process.env, { DATABASE_URL: url, JWT_SECRET: "for the migration" });
  try {
    await migrate(MIGRATIONS);
  } finally {
    await closeDb();
    process.env = before;
  }
}

async function checksum() {
  const hash = createHash("sha256");
  for (const name of (await readdir(MIGRATIONS)).sort()) {
    hash.update(name).update(await readFile(join(MIGRATIONS, name)));
  }
  return hash.digest("hex").slice(0, 12);
}
