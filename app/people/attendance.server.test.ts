import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { queuedChats, myChats } from "~/chat/list-chats.server";
import { heard } from "~/chat/publish.server";
import { exec, many, sql } from "~/db.server";
import { changeSettings, settings } from "~/settings/settings.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { leftTheDesk, untouchedFor } from "~/testing/clock.server";
import { freshDatabase } from "~/testing/database.server";
import { resetSettings } from "~/testing/settings.server";
import { markActive, markIdleAway, noticeComingsAndGoings } from "./attendance.server";
import { colleagues } from "./colleagues.server";
import { releaseLeases, renewLease } from "./presence.server";
import { myStatus, setStatus } from "./status.server";

beforeAll(freshDatabase);

let ada: Staff;
beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await resetSettings();
  await exec(sql`delete from users`);
  ada = await hire("ada");
});

const historyRow = z.object({ status: z.string(), reason: z.string(), running: z.boolean(), seconds: z.number() });
const history = (staff: Staff) =>
  many(
    historyRow,
    sql`
      select status, reason, ended_at is null as running,
        extract(epoch from coalesce(ended_at, clock_timestamp()) - started_at)::float8 as seconds
      from cs_status_history where user_id = ${staff.userId} order by id`,
  );
const shown = async (staff: Staff) => (await colleagues()).find((c) => c.id === staff.userId);

describe("setStatus", () => {
  test("keeps one stretch for each status, without gaps, the last one open", async () => {
    await setStatus(ada, "online");
    await setStatus(ada, "busy");
    await setStatus(ada, "busy");
    await setStatus(ada, "offline");
    const stretches = await history(ada);
    expect(stretches.map((s) => [s.status, s.reason, s.running])).toEqual([
      ["online", "chosen", false],
      ["busy", "chosen", false],
      ["offline", "chosen", true],
    ]);
    const gaps = await many(
      z.object({ gap: z.number() }),
      sql`
        select abs(extract(epoch from next.started_at - h.ended_at))::float8 as gap
        from cs_status_history h join cs_status_history next on next.id = h.id + 1 and next.user_id = h.user_id`,
    );
    expect(gaps.map((g) => g.gap)).toEqual([0, 0]);
  });

  test("many at once leave one open stretch and none that ends before it begins", async () => {
    const statuses = ["online", "busy", "offline"] as const;
    await Promise.all(Array.from({ length: 12 }, (_, i) => setStatus(ada, statuses[i % 3] ?? "online")));
    const stretches = await history(ada);
    expect(stretches.filter((s) => s.running)).toHaveLength(1);
    expect(stretches.every((s) => s.seconds >= 0)).toBe(true);
    expect(stretches.at(-1)?.status).toBe((await myStatus(ada)).status);
  });

  test("going online serves who waits", async () => {
    const { chatId } = await customerInChat();
    await renewLease(crypto.randomUUID(), ada.userId);
    await setStatus(ada, "busy");
    expect(await myChats(ada)).toEqual([]);
    await setStatus(ada, "online");
    expect((await myChats(ada)).map((c) => c.id)).toEqual([chatId]);
  });
});

describe("away", () => {
  const awayAfter = async (awayAfterSeconds: number) => {
    const root = await hire("root", "admin");
    await changeSettings(root, { ...(await settings()), awayAfterSeconds });
  };

  test("who touched nothing for ten minutes gets no chats, and the reason is kept", async () => {
    await atDesk(ada, "busy");
    await setStatus(ada, "online");
    await untouchedFor(ada, 590);
    await markIdleAway();
    expect(await shown(ada)).toMatchObject({ status: "online", away: false });
    await untouchedFor(ada, 600);
    await markIdleAway();
    expect(await shown(ada)).toMatchObject({ status: "online", away: true });
    await customerInChat();
    expect(await queuedChats()).toHaveLength(1);
    expect((await history(ada)).map((s) => [s.status, s.reason])).toEqual([
      ["online", "chosen"],
      ["away", "idle"],
    ]);
  });

  test("the first touch brings them back, and the chats", async () => {
    await atDesk(ada);
    await untouchedFor(ada, 600);
    await markIdleAway();
    const { chatId } = await customerInChat();
    await markActive(ada.userId);
    expect((await myChats(ada)).map((c) => c.id)).toEqual([chatId]);
    expect((await history(ada)).map((s) => [s.status, s.reason, s.running])).toEqual([
      ["away", "idle", false],
      ["online", "active", true],
    ]);
  });

  test("choosing online is a touch too", async () => {
    await atDesk(ada);
    await untouchedFor(ada, 600);
    await markIdleAway();
    await setStatus(ada, "online");
    expect(await shown(ada)).toMatchObject({ away: false });
    await markIdleAway();
    expect(await shown(ada)).toMatchObject({ away: false });
  });

  test("busy and offline people are not away, and keep what they chose", async () => {
    await atDesk(ada, "busy");
    await untouchedFor(ada, 9_999);
    await markIdleAway();
    expect(await shown(ada)).toMatchObject({ status: "busy", away: false });
    expect(await history(ada)).toEqual([]);
  });

  test("once, though many look; and never when it is switched off", async () => {
    await atDesk(ada);
    await untouchedFor(ada, 600);
    await awayAfter(0);
    await markIdleAway();
    expect(await shown(ada)).toMatchObject({ away: false });
    await resetSettings();
    await Promise.all(Array.from({ length: 5 }, () => markIdleAway()));
    expect((await history(ada)).filter((s) => s.status === "away")).toHaveLength(1);
  });

  test("a touch is written at most every five seconds, whatever this machine's clock does", async () => {
    await atDesk(ada);
    await markActive(ada.userId);
    await untouchedFor(ada, 100);
    await markActive(ada.userId);
    const idle = () =>
      many(
        z.object({ s: z.number() }),
        sql`select extract(epoch from now() - last_active_at)::float8 as s from cs_status`,
      ).then((rows) => rows[0]?.s ?? 0);
    expect(await idle()).toBeGreaterThan(99);
    vi.useFakeTimers({ now: Date.now() - 7_200_000, toFake: ["Date"] });
    const later = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 6_000);
    try {
      await markActive(ada.userId);
      expect(await idle()).toBeLessThan(5);
    } finally {
      later.mockRestore();
      vi.useRealTimers();
    }
  });
});

describe("presence", () => {
  test("is what they chose AND a sign of life", async () => {
    expect(await shown(ada)).toBeUndefined();
    await setStatus(ada, "online");
    expect(await shown(ada)).toMatchObject({ status: "offline" });
    const tabs = [crypto.randomUUID(), crypto.randomUUID()];
    for (const tab of tabs) await renewLease(tab, ada.userId);
    expect(await shown(ada)).toMatchObject({ status: "online" });
    await releaseLeases([tabs[0]!]);
    expect(await shown(ada)).toMatchObject({ status: "online" });
    await setStatus(ada, "busy");
    expect(await shown(ada)).toMatchObject({ status: "busy" });
    await releaseLeases([tabs[1]!]);
    expect(await shown(ada)).toMatchObject({ status: "offline" });
  });

  test("ends with the account", async () => {
    await atDesk(ada);
    await exec(sql`update users set disabled_at = now() where id = ${ada.userId}`);
    expect(await shown(ada)).toBeUndefined();
    await customerInChat();
    expect(await queuedChats()).toHaveLength(1);
  });

  test("knows load and limit", async () => {
    await exec(sql`update users set max_chats = 3 where id = ${ada.userId}`);
    await atDesk(ada);
    await customerInChat();
    expect(await shown(ada)).toMatchObject({ activeChats: 1, maxChats: 3, name: "Ada" });
    expect(await myStatus(ada)).toMatchObject({ status: "online", away: false, activeChats: 1, maxChats: 3 });
  });

  test("a lease that ran out is noticed although nobody did anything, once", async () => {
    let looks = 0;
    const onNews = (news: { queue: boolean }) => void (looks += Number(news.queue));
    await atDesk(ada);
    await noticeComingsAndGoings();
    heard.on("news", onNews);
    await noticeComingsAndGoings();
    expect(looks).toBe(0);
    await leftTheDesk(ada);
    await noticeComingsAndGoings();
    await noticeComingsAndGoings();
    heard.off("news", onNews);
    expect(looks).toBe(1);
  });
});
