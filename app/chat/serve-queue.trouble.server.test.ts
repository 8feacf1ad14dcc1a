import pg from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { exec, queueDb, sql } from "~/db.server";
import { setStatus } from "~/people/status.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { myChats } from "./list-chats.server";
import { serveQueue } from "./serve-queue.server";
import { startTending } from "./tend.server";

const QUEUE_LOCK = 7_301_955;
const SOON = { timeout: 12_000 };

beforeAll(freshDatabase);

let ada: Staff;
const others: pg.Client[] = [];
beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await exec(sql`delete from users`);
  ada = await hire("ada");
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.end().catch(() => {})));
});

/** Another copy of the program, in the middle of something. */
async function another(config: pg.ClientConfig = {}) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, ...config });
  client.on("error", () => {});
  await client.connect();
  await client.query("begin");
  others.push(client);
  return client;
}

const adaHolds = async () => (await myChats(ada)).map((c) => c.id);

test("a chat whose row somebody keeps locked is passed over, and served when they let go", async () => {
  const [first, second] = [await customerInChat(), await customerInChat()];
  const writer = await another();
  await writer.query("select 1 from chat_sessions where id = $1 for update", [first.chatId]);
  await atDesk(ada);
  await serveQueue();
  expect(await adaHolds()).toEqual([second.chatId]);
  await writer.query("rollback");
  await serveQueue();
  expect(await adaHolds()).toEqual([second.chatId, first.chatId]);
});

test("an instance that froze while it served loses the queue after three seconds, and the call goes on", async () => {
  const { chatId } = await customerInChat();
  const frozen = await queueDb().connect();
  frozen.on("error", () => {});
  await frozen.query("begin");
  await frozen.query("select pg_advisory_xact_lock($1)", [QUEUE_LOCK]);
  await atDesk(ada, "busy");
  const pressed = performance.now();
  await setStatus(ada, "online");
  expect(performance.now() - pressed).toBeLessThan(5_000);
  await expect.poll(adaHolds, SOON).toEqual([chatId]);
  frozen.release(true);
});

test("a connection that is cut while it waits is replaced, and the call goes on", async () => {
  const { chatId } = await customerInChat();
  await atDesk(ada);
  const holder = await another();
  await holder.query("select pg_advisory_xact_lock($1)", [QUEUE_LOCK]);
  const served = serveQueue();
  const waiting =
    "select count(pg_terminate_backend(pid))::integer as n from pg_stat_activity where wait_event = 'advisory'";
  await expect.poll(async () => (await holder.query<{ n: number }>(waiting)).rows[0]?.n).toBe(1);
  await holder.query("rollback");
  await served;
  await expect.poll(adaHolds, SOON).toEqual([chatId]);
});

describe("what the database refuses is tried again", () => {
  const refuse = async (code: string, times: number) => {
    await exec(sql`drop sequence if exists refusals`);
    await exec(sql`create sequence refusals`);
    await exec({
      text: `create or replace function refuse() returns trigger language plpgsql as $$ begin
        if nextval('refusals') <= ${times} then raise exception 'refused' using errcode = '${code}'; end if;
        return new; end $$`,
      values: [],
    });
    await exec(
      sql`create or replace trigger refuse before insert on assignments for each row execute function refuse()`,
    );
  };
  afterEach(() => exec(sql`drop trigger refuse on assignments`));

  test.each([
    ["a deadlock", "40P01"],
    ["a serialization failure", "40001"],
    ["a statement that took too long", "57014"],
  ])("%s", async (_, code) => {
    const { chatId } = await customerInChat();
    await refuse(code, 2);
    await atDesk(ada, "busy");
    await setStatus(ada, "online");
    expect(await adaHolds()).toEqual([chatId]);
  });

  test("and what fails more often than that is served by the next tending, within a second or two", async () => {
    const { chatId } = await customerInChat();
    await atDesk(ada);
    await refuse("40P01", 5);
    const stop = startTending();
    await expect.poll(adaHolds, SOON).toEqual([chatId]);
    await stop();
  });
});

test("tending serves although one of its steps is held up", async () => {
  const taken = await customerInChat();
  await exec(sql`update chat_sessions set status = 'active', cs_id = ${ada.userId}, assigned_at = now(),
    agent_lost_at = now() - interval '1 hour' where id = ${taken.chatId}`);
  const writer = await another();
  await writer.query("select 1 from chat_sessions where id = $1 for update", [taken.chatId]);
  const { chatId } = await customerInChat();
  const ben = await hire("ben");
  const stop = startTending();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await atDesk(ben);
  await expect.poll(async () => (await myChats(ben)).map((c) => c.id), SOON).toEqual([chatId]);
  await writer.query("rollback");
  await stop();
});
