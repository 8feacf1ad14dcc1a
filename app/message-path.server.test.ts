import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { db } from "./db.server";
import { lines, messageLines } from "./message-path.server";
import { freshDatabase } from "./testing/database.server";

beforeAll(freshDatabase);
afterEach(() => vi.restoreAllMocks());

const { reader } = lines;
const ask = (text: string) => reader.query({ text, values: [] });
const backend = async () => (await ask("select pg_backend_pid() as pid")).rows[0].pid as number;

test("one connection serves one kind of work, and what PostgreSQL refuses does not end it", async () => {
  const pid = await backend();
  await expect(ask("select 1 / 0")).rejects.toMatchObject({ code: "22012" });
  expect(await backend()).toBe(pid);
  expect(messageLines()).toEqual({ open: 1, idle: 1 });
  const asked = ask("select pg_sleep(0.2)");
  await vi.waitFor(() => expect(messageLines()).toEqual({ open: 1, idle: 0 }));
  await asked;
});

test("a minute old it is left for a new one, between two statements", async () => {
  const pid = await backend();
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now + 61_000);
  expect(await backend()).toBe(pid);
  expect(await backend()).not.toBe(pid);
});

test("one that breaks fails what it was asked, and nothing after", async () => {
  const pid = await backend();
  const asked = expect(ask("select pg_sleep(10)")).rejects.toMatchObject({ code: "57P01" });
  await db().query("select pg_terminate_backend($1)", [pid]);
  await asked;
  expect(await backend()).not.toBe(pid);
});
