import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { closeDb } from "~/db.server";
import { databaseUrl, onServer } from "./database-server";

/**
 * Gives this test file a migrated database of its own and points DATABASE_URL at it: `beforeAll(freshDatabase)`.
 * Returns what ends it, which vitest calls after the last test: the pool is closed and the database dropped.
 */
export async function freshDatabase() {
  const { url, drop } = await cloneDatabase();
  process.env.DATABASE_URL = url;
  return async () => {
    await closeDb();
    await drop();
  };
}

/** A migrated database for a program started beside the test. `empty` gives one without a table. */
export async function cloneDatabase({ empty = false } = {}) {
  const { serverUrl, template } = inject("database");
  const name = `heradesk_test_${randomBytes(6).toString("hex")}`;
  await onServer(serverUrl, `create database ${name} template ${empty ? "template0" : template}`);
  return {
    url: databaseUrl(serverUrl, name),
    // With force: what still holds a connection is a program that was just killed.
    drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`),
  };
}
