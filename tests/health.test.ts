import { expect, test } from "vitest";
import pg from "pg";
import { call } from "~/testing/caller";
import { startWorld } from "./world";

const world = startWorld();

test("health is 200 while serving, 503 while the database is gone, and comes back by itself", async () => {
  const health = () => call(world.url, "/api/health");
  await expect.poll(async () => (await health()).status, { timeout: 10_000 }).toBe(200);
  expect((await health()).body).toMatchObject({
    status: "ok",
    database: "ok",
    listener: "ok",
    version: expect.any(String),
  });
  const url = new URL(process.env.DATABASE_URL ?? "");
  const name = url.pathname.slice(1);
  url.pathname = "/postgres";
  const server = new pg.Client({ connectionString: url.href });
  await server.connect();
  await server.query(`alter database ${name} with allow_connections false`);
  await server.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  await expect.poll(async () => (await health()).status, { timeout: 10_000 }).toBe(503);
  await server.query(`alter database ${name} with allow_connections true`);
  await expect.poll(async () => (await health()).status, { timeout: 20_000 }).toBe(200);
  await server.end();
});
