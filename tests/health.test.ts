import { expect, test } from "vitest";
import { call } from "~/testing/caller";
import { databaseAway } from "~/testing/outage";
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
  const back = await databaseAway(process.env.DATABASE_URL ?? "");
  await expect.poll(async () => (await health()).status, { timeout: 10_000 }).toBe(503);
  await back();
  await expect.poll(async () => (await health()).status, { timeout: 20_000 }).toBe(200);
});
