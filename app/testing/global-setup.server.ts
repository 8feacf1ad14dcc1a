import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { closeDb } from "~/db.server";
import { migrate } from "~/migrate.server";
import { startTestPostgres } from "../../scripts/test-postgres.mjs";
import { databaseUrl, onServer } from "./database-server";

declare module "vitest" {
  export interface ProvidedContext {
    /** A server on which databases may be made, and the migrated database they are cloned from. */
    database: { serverUrl: string; template: string };
  }
}

/** Before the first test file: a server (TEST_DATABASE_URL, else one of our own) and the template on it. */
export default async function setup(project: TestProject) {
  const server = await findServer();
  const template = `heradesk_template_${randomBytes(6).toString("hex")}`;
  await onServer(server.url, `create database ${template}`);
  await migrateOnly(databaseUrl(server.url, template));
  project.provide("database", { serverUrl: server.url, template });
  return async () => {
    await onServer(server.url, `drop database ${template} with (force)`);
    await server.stop();
  };
}

async function findServer() {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const { url, discard } = await startTestPostgres();
  return { url, stop: discard };
}

/** migrate() works on the database of the environment, which only the test files may keep. */
async function migrateOnly(url: string) {
  const before = { ...process.env };
  Object.assign(process.env, { DATABASE_URL: url, JWT_SECRET: "for the migration" });
  try {
    await migrate();
  } finally {
    await closeDb();
    process.env = before;
  }
}
