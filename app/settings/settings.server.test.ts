import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { NotAllowed } from "~/chat/errors";
import { db, exec, many, sql } from "~/db.server";
import { hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { hearOfSettings, resetSettings } from "~/testing/settings.server";
import { changeSettings, defaultSettings, settings, settingsInput } from "./settings.server";

beforeAll(freshDatabase);

let root: Staff;
beforeEach(async () => {
  await resetSettings();
  await exec(sql`delete from activity_logs`);
  await exec(sql`delete from users`);
  root = await hire("root", "admin");
});

const logged = () =>
  many(
    z.object({ user_id: z.number(), subject: z.string(), details: z.unknown() }),
    sql`select user_id, subject, details from activity_logs where action = 'setting.changed' order by id`,
  );

describe("the input", () => {
  const wrong = ["", "  ", "x", "1.5", 1.5, -1, "-1", null, true, [], {}, [5], 1e9, "1e3", "99999999999", NaN];
  test.each(wrong.map((value) => [value]))("refuses %j, and names the limits", (graceSeconds) => {
    const parsed = settingsInput.safeParse({ ...defaultSettings(), graceSeconds });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues.map((i) => [i.path[0], i.message])).toContainEqual([
      "graceSeconds",
      "Write a whole number from 0 to 3600.",
    ]);
  });

  test("reads numbers, and what a form says", () => {
    expect(settingsInput.parse({ ...defaultSettings(), graceSeconds: 0 }).graceSeconds).toBe(0);
    expect(settingsInput.parse({ ...defaultSettings(), graceSeconds: " 90 " }).graceSeconds).toBe(90);
    expect(settingsInput.safeParse({ ...defaultSettings(), estimateWindowSeconds: 59 }).success).toBe(false);
  });
});

describe("changeSettings", () => {
  test("is for admins", async () => {
    const ada = await hire("ada");
    await expect(changeSettings(ada, { ...defaultSettings(), graceSeconds: 1 })).rejects.toThrow(NotAllowed);
    expect(await settings()).toEqual(defaultSettings());
  });

  test("takes effect at once, and logs what changed with before and after, nothing else", async () => {
    await changeSettings(root, { ...defaultSettings(), graceSeconds: 5, noAnswerSeconds: 90 });
    expect(await settings()).toEqual({ ...defaultSettings(), graceSeconds: 5, noAnswerSeconds: 90 });
    await changeSettings(root, { ...(await settings()), graceSeconds: 7 });
    await changeSettings(root, await settings());
    expect(await logged()).toEqual([
      { user_id: root.userId, subject: "graceSeconds", details: { before: 60, after: 5 } },
      { user_id: root.userId, subject: "noAnswerSeconds", details: { before: 0, after: 90 } },
      { user_id: root.userId, subject: "graceSeconds", details: { before: 5, after: 7 } },
    ]);
  });
});

describe("settings", () => {
  test("are read again when another instance says that they changed", async () => {
    await settings();
    await exec(sql`insert into settings (key, value) values ('graceSeconds', '11')`);
    expect((await settings()).graceSeconds).toBe(60);
    hearOfSettings();
    expect((await settings()).graceSeconds).toBe(11);
  });

  test("and after half a minute without any news, whatever this machine's clock does", async () => {
    await settings();
    await exec(sql`insert into settings (key, value) values ('graceSeconds', '12')`);
    vi.useFakeTimers({ now: Date.now() - 7_200_000, toFake: ["Date"] });
    const later = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 31_000);
    try {
      expect((await settings()).graceSeconds).toBe(12);
    } finally {
      later.mockRestore();
      vi.useRealTimers();
    }
  });

  test("a change that is told of during the reading is not overwritten by what was read", async () => {
    const holder = await db().connect();
    await holder.query("begin; lock table settings in access exclusive mode");
    const reading = settings();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await holder.query("insert into settings (key, value) values ('graceSeconds', '13'); commit");
    holder.release();
    // The reading may or may not have seen it; the news came while it was under way.
    hearOfSettings();
    await reading;
    await exec(sql`update settings set value = '14' where key = 'graceSeconds'`);
    expect((await settings()).graceSeconds).toBe(14);
  });

  test("one value of another version does not undo the others", async () => {
    await exec(sql`insert into settings (key, value) values
      ('graceSeconds', '15'), ('noAnswerSeconds', '"soon"'), ('ofTheFuture', '{"a":1}'), ('awayAfterSeconds', '-4')`);
    hearOfSettings();
    expect(await settings()).toEqual({ ...defaultSettings(), graceSeconds: 15 });
  });
});
