import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { db, exec, many, one, sql, transaction } from "~/db.server";
import { hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { activityFilter, knownActions, listActivity } from "./list-activity.server";
import { logActivity } from "./log.server";
import { cameFrom } from "./origin.server";
import { verifyActivity } from "./verify-activity.server";

let root: Staff;
beforeAll(freshDatabase);
beforeAll(async () => {
  root = await hire("root", "admin");
  for (let i = 1; i <= 8; i++) await logActivity(root.userId, "test.done", `thing ${i}`, { number: i });
});

const listed = async (filter: Record<string, unknown>) =>
  (await listActivity(root, activityFilter.parse(filter))).entries.map(({ subject }) => subject);

describe("the log", () => {
  test("says from where, whatever lies between the request and the log", async () => {
    const origin = { ip: "192.0.2.7", userAgent: "x".repeat(500) };
    await cameFrom(origin, async () => {
      await Promise.resolve();
      await logActivity(root.userId, "test.placed", "somewhere");
    });
    const [entry] = (await listActivity(root, activityFilter.parse({ action: "test.placed" }))).entries;
    expect(entry).toMatchObject({
      ip: "192.0.2.7",
      userAgent: "x".repeat(400),
      userName: "Root",
      subject: "somewhere",
    });
  });

  test("is filtered by who, what, when and words, and read in pages", async () => {
    expect(await listed({ action: "test.done", text: "thin 3" })).toEqual(["thing 3"]);
    expect(await listed({ text: "192.0.2.7" })).toEqual(["somewhere"]);
    expect(await listed({ text: `o'no \\ "` })).toEqual([]);
    expect(await listed({ action: "test", userId: root.userId })).toHaveLength(9);
    expect(await listed({ userId: 0 })).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await listed({ from: "2020-01-01", to: "2020-01-02" })).toEqual([]);
    expect(await listed({ from: "2020-01-01", to: today, action: "test.done" })).toHaveLength(8);
    const first = await listActivity(root, activityFilter.parse({ action: "test.done" }), 5);
    const rest = await listActivity(root, activityFilter.parse({ action: "test.done", before: first.next }), 5);
    expect([...first.entries, ...rest.entries].map(({ subject }) => subject)).toEqual(
      [8, 7, 6, 5, 4, 3, 2, 1].map((n) => `thing ${n}`),
    );
    expect(rest.next).toBeNull();
    expect(await knownActions()).toEqual(["test.done", "test.placed"]);
  });

  test("is read by admins alone", async () => {
    const ada = await hire("ada");
    await expect(listActivity(ada, {})).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    await expect(verifyActivity(ada)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  });

  test("is added to and nothing else, also by who owns the tables", async () => {
    for (const statement of [
      sql`update activity_logs set action = 'test.undone'`,
      sql`update activity_logs set hash = null`,
      sql`delete from activity_logs`,
      sql`truncate activity_logs`,
      sql`update activity_chain set last_position = 0`,
      sql`delete from activity_chain`,
    ]) {
      await expect(exec(statement), statement.text).rejects.toThrow("append-only");
    }
  });

  test("can be written, sealed and trimmed by a role that may only add and read", async () => {
    await db().query(`
      create role narrow; grant usage on schema public to narrow;
      grant select, insert on activity_logs to narrow; grant select on activity_chain to narrow`);
    try {
      await transaction(async (tx) => {
        await tx.query("set local role narrow");
        await logActivity(null, "test.narrow", null, {}, tx);
      });
      await expect(
        transaction(async (tx) => {
          await tx.query("set local role narrow");
          await tx.query("set local heradesk.activity_chain = 'open'");
          await tx.query("delete from activity_logs");
        }),
      ).rejects.toThrow("permission denied");
      expect(await verifyActivity(root)).toMatchObject({ broken: null });
    } finally {
      await db().query("drop owned by narrow; drop role narrow");
    }
  });
});

describe("the chain", () => {
  afterEach(async () => {
    expect(await verifyActivity(root)).toMatchObject({ broken: null });
  });

  test("holds when many write at once, and what is rolled back leaves no gap", async () => {
    const writes = Array.from({ length: 60 }, (_, i) => logActivity(root.userId, "test.raced", String(i)));
    const undone = Array.from({ length: 10 }, () =>
      transaction(async (tx) => {
        await logActivity(root.userId, "test.lost", null, {}, tx);
        throw new Error("no");
      }).catch(() => {}),
    );
    await Promise.all([...writes, ...undone]);
    const { checked } = await verifyActivity(root);
    expect(checked).toBe((await count()) as number);
  });

  test("does not make those wait for each other who log first and write the same row afterwards", async () => {
    const work = () =>
      transaction(async (tx) => {
        await logActivity(root.userId, "test.crossed", null, {}, tx);
        await exec(sql`update users set name = name where id = ${root.userId}`, tx);
        await logActivity(root.userId, "test.crossed", null, {}, tx);
      });
    await Promise.all(Array.from({ length: 20 }, work));
  });

  // Somebody with every right, who switches the triggers off first.
  const TAMPERINGS: [string, string, object][] = [
    [
      "a changed row",
      "update activity_logs set subject = 'thing 9' where position = 3",
      { position: 3, how: "changed" },
    ],
    [
      "another time",
      "update activity_logs set created_at = created_at + interval '1 us' where position = 4",
      { position: 4, how: "changed" },
    ],
    ["a removed row", "delete from activity_logs where position = 5", { position: 5, id: null, how: "removed" }],
    ["the first row removed", "delete from activity_logs where position = 1", { position: 1, how: "removed" }],
    [
      "the newest row removed",
      "delete from activity_logs where position = (select last_position from activity_chain)",
      { how: "removed" },
    ],
    [
      "two rows that changed places",
      "update activity_logs set position = -1 where position = 6; update activity_logs set position = 6 where position = 7; update activity_logs set position = 7 where position = -1",
      { position: 6, how: "reordered" },
    ],
    [
      "a changed row with its own hash made anew",
      `update activity_logs set subject = 'x' where position = 2;
       update activity_logs l set hash = activity_hash(previous_hash, l) where position = 2`,
      { position: 3, how: "reordered" },
    ],
    ["a row beside the chain", "insert into activity_logs (action) values ('test.forged')", { how: "unsealed" }],
  ];
  test.each(TAMPERINGS)("shows %s", async (_, tampering, broken) => {
    const client = await db().connect();
    try {
      await client.query("begin; alter table activity_logs disable trigger user");
      await client.query(tampering);
      await client.query("commit");
      expect((await verifyActivity(root)).broken).toMatchObject(broken);
    } finally {
      await client.query(RESTORE);
      client.release();
    }
  });
  beforeAll(async () => {
    await db().query("create table kept as select * from activity_logs");
    await db().query("create table kept_chain as select * from activity_chain");
  });
  // What the tampering left is put back as it was before.
  const RESTORE = `
    begin; alter table activity_logs disable trigger user; alter table activity_chain disable trigger user;
    delete from activity_logs; insert into activity_logs overriding system value select * from kept;
    update activity_chain c set last_position = k.last_position, last_hash = k.last_hash from kept_chain k;
    alter table activity_logs enable trigger user; alter table activity_chain enable trigger user; commit`;

  test("begins later when old rows are dropped by age, and nothing else is", async () => {
    const before = (await count()) as number;
    const { at } = await one(
      z.object({ at: z.date() }),
      sql`select created_at + interval '1 microsecond' as at from activity_logs where position = 4`,
    );
    await exec(sql`select trim_activity(${new Date(at.getTime() + 1)}, 2)`);
    expect(await count()).toBe(before - 2);
    expect(await verifyActivity(root)).toMatchObject({ checked: before - 2, broken: null });
    await exec(sql`select trim_activity(now() - interval '1 day', 100)`);
    expect(await count()).toBe(before - 2);
  });
});

const count = async () =>
  (await many(z.object({ n: z.number() }), sql`select count(*)::integer as n from activity_logs`))[0]?.n;
