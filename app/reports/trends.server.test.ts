import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { exec, sql } from "~/db.server";
import { changeSettings, settings } from "~/settings/settings.server";
import { hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { dayAfter, dayOf, dayStarts, startOfDay } from "./days";
import type { DayRange, Figures } from "./shapes";
import { rangeOf, trends } from "./trends.server";

let root: Staff;
let agents: Staff[];
beforeAll(freshDatabase);
beforeAll(async () => {
  root = await hire("root", "admin");
  agents = [await hire("ada"), await hire("ben")];
});
beforeEach(async () => {
  await exec(sql`delete from visitors`);
  await exec(sql`delete from cs_status_history`);
});

const MINUTE = 60_000;

interface Past {
  begunAt: number;
  takenUpAfter: number | null;
  repliedAfter: number | null;
  endedAfter: number | null;
  agent: number;
  rating: number | null;
}

interface Stretch {
  agent: number;
  status: "online" | "busy" | "away" | "offline";
  from: number;
  length: number;
}

/** Zones and weeks in which the clocks are changed, in both directions, and one in which they never are. */
const PLACES = [
  { zone: "Europe/Berlin", around: "2026-03-29" },
  { zone: "Europe/Berlin", around: "2026-10-25" },
  { zone: "America/New_York", around: "2026-03-08" },
  { zone: "America/New_York", around: "2026-11-01" },
  { zone: "Asia/Jakarta", around: "2026-11-01" },
  { zone: "Africa/Cairo", around: "2026-04-24" },
];

const minutes = (most: number) => fc.integer({ min: 0, max: most * 4 }).map((quarter) => quarter * (MINUTE / 4));
const past = (from: number, until: number) =>
  fc.record<Past>({
    begunAt: fc.integer({ min: from / MINUTE, max: until / MINUTE }).map((minute) => minute * MINUTE),
    takenUpAfter: fc.option(minutes(90)),
    repliedAfter: fc.option(minutes(120)),
    endedAfter: fc.option(minutes(3_000)),
    agent: fc.integer({ min: 0, max: 1 }),
    rating: fc.option(fc.integer({ min: 1, max: 5 })),
  });
const stretch = (from: number, until: number) =>
  fc.record<Stretch>({
    agent: fc.integer({ min: 0, max: 1 }),
    status: fc.constantFrom("online", "busy", "away", "offline"),
    from: fc.integer({ min: from / MINUTE, max: until / MINUTE }).map((minute) => minute * MINUTE),
    length: minutes(700),
  });

describe("the figures are what a slow count of the same chats gives", () => {
  test.each(PLACES)("$zone around $around", async ({ zone, around }) => {
    await changeSettings(root, { ...(await settings()), timeZone: zone });
    const [from, until] = [Date.parse(around) - 6 * 86_400_000, Date.parse(around) + 4 * 86_400_000];
    const range = { from: dayAfter(around, -2), to: dayAfter(around, 1) };
    const histories = fc.record({
      chats: fc.array(past(from, until), { maxLength: 40 }),
      stretches: fc.array(stretch(from, until), { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(histories, async ({ chats, stretches }) => {
        await store(chats, stretches);
        const found = await trends(root, { range: "custom", ...range });
        const before = { from: dayAfter(range.from, -4), to: dayAfter(range.from, -1) };
        expect(found).toMatchObject({ range, before, timeZone: zone });
        same(found.now, slowly(chats, zone, range));
        same(found.past, slowly(chats, zone, before));
        expect(found.days.map(({ day }) => day)).toEqual([-2, -1, 0, 1].map((n) => dayAfter(around, n)));
        for (const day of found.days) same(day, slowly(chats, zone, { from: day.day, to: day.day }));
        for (const { hour, started, ended } of found.hours) {
          expect([hour, started, ended]).toEqual([hour, ...countedAt(chats, zone, range, hour)]);
        }
        for (const [i, agent] of agents.entries()) {
          const row = found.agents.find(({ id }) => id === agent.userId);
          const own = chats.filter((chat) => chat.agent === i && chat.takenUpAfter !== null);
          if (row) same(row.now, slowly(own, zone, range));
          else expect(slowly(own, zone, range)).toMatchObject({ started: 0, ended: 0 });
          for (const status of ["online", "busy", "away"] as const) {
            expect(row?.[status] ?? 0).toBeCloseTo(worked(stretches, i, status, zone, range), 3);
          }
        }
      }),
      { numRuns: 6 },
    );
  });
});

async function store(chats: Past[], stretches: Stretch[]) {
  await exec(sql`delete from visitors`);
  await exec(sql`delete from cs_status_history`);
  for (const { agent, status, from, length } of stretches) {
    await exec(sql`
      insert into cs_status_history (user_id, status, reason, started_at, ended_at)
      values (${agents[agent]?.userId}, ${status}, 'chosen', ${new Date(from)}, ${new Date(from + length)})`);
  }
  for (const chat of chats) {
    const at = (after: number | null) => (after === null ? null : new Date(chat.begunAt + after));
    const [takenUp, ended] = [at(chat.takenUpAfter), at(chat.endedAfter)];
    const status = ended ? (takenUp ? "resolved" : "abandoned") : takenUp ? "active" : "waiting";
    await exec(sql`
      with visitor as (
        insert into visitors (id, token_hash) values (gen_random_uuid(), sha256(gen_random_uuid()::text::bytea)) returning id
      )
      insert into chat_sessions (id, visitor_id, cs_id, status, queued_at, created_at, assigned_at, picked_up_at,
        first_reply_at, ended_at, end_reason, rating)
      select gen_random_uuid(), id, ${takenUp && agents[chat.agent]?.userId}, ${status}, ${at(0)}, ${at(0)}, ${takenUp}, ${takenUp},
        ${takenUp && at(chat.repliedAfter)}, ${ended}, ${ended && "customer"}, ${ended && chat.rating}
      from visitor`);
  }
}

const kept = new Map<string, string>();

function shown(at: number, zone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${at} ${zone} ${options.hour}`;
  const text = kept.get(key) ?? new Intl.DateTimeFormat("en-CA", { timeZone: zone, ...options }).format(at);
  kept.set(key, text);
  return text;
}

/** By the quarter of an hour: no zone of today changes its day in between. */
const inside = (at: number, zone: string, { from, to }: DayRange) => {
  const day = shown(Math.floor(at / MINUTE / 15) * MINUTE * 15, zone, { dateStyle: "short" });
  return day >= from && day <= to;
};

/** Chat by chat, as one would on paper. */
function slowly(chats: Past[], zone: string, range: DayRange): Figures {
  const begun = chats.filter((chat) => inside(chat.begunAt, zone, range));
  const ended = chats.filter((chat) => chat.endedAfter !== null && inside(chat.begunAt + chat.endedAfter, zone, range));
  const ratings = ended.flatMap((chat) => chat.rating ?? []);
  const takenUp = (list: Past[]) => list.filter((chat) => chat.takenUpAfter !== null);
  return {
    started: begun.length,
    ended: ended.length,
    abandoned: ended.length - takenUp(ended).length,
    waiting: middle(begun.flatMap((chat) => chat.takenUpAfter ?? [])),
    firstReply: middle(takenUp(begun).flatMap((chat) => chat.repliedAfter ?? [])),
    resolution: middle(takenUp(ended).flatMap((chat) => chat.endedAfter ?? [])),
    rating: ratings.length > 0 ? ratings.reduce((sum, one) => sum + one, 0) / ratings.length : null,
    rated: ratings.length,
  };
}

function middle(times: number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => {
    if (sorted.length === 0) return null;
    const place = share * (sorted.length - 1);
    const below = sorted[Math.trunc(place)]!;
    const above = sorted[Math.min(sorted.length - 1, Math.trunc(place) + 1)]!;
    return (below * (1 - (place % 1)) + above * (place % 1)) / 1_000;
  };
  return { median: at(0.5), p90: at(0.9) };
}

const hourIn = (at: number, zone: string) =>
  Number(shown(Math.floor(at / MINUTE / 15) * MINUTE * 15, zone, { hour: "2-digit", hourCycle: "h23" }));

function countedAt(chats: Past[], zone: string, range: DayRange, hour: number) {
  const count = (times: number[]) => times.filter((at) => inside(at, zone, range) && hourIn(at, zone) === hour).length;
  return [
    count(chats.map((chat) => chat.begunAt)),
    count(chats.flatMap((chat) => (chat.endedAfter === null ? [] : chat.begunAt + chat.endedAfter))),
  ];
}

/** A quarter of a minute at a time: seconds. */
function worked(stretches: Stretch[], agent: number, status: string, zone: string, range: DayRange) {
  let seconds = 0;
  for (const one of stretches.filter((stretch) => stretch.agent === agent && stretch.status === status)) {
    for (let at = one.from; at < one.from + one.length; at += MINUTE / 4) if (inside(at, zone, range)) seconds += 15;
  }
  return seconds;
}

function same(found: Figures, wanted: Figures) {
  const { rating, waiting, firstReply, resolution, ...counts } = wanted;
  expect(found).toMatchObject(counts);
  for (const [is, should] of [
    [found.rating, rating],
    ...[waiting, firstReply, resolution].flatMap((spread, i) => {
      const other = [found.waiting, found.firstReply, found.resolution][i]!;
      return [
        [other.median, spread.median],
        [other.p90, spread.p90],
      ];
    }),
  ]) {
    if (should === null || should === undefined) expect(is).toBeNull();
    else expect(is).toBeCloseTo(should, 3);
  }
}

describe("days", () => {
  test("have 23, 24 or 25 hours, and begin when the clocks say so", () => {
    const hours = (day: string, zone: string) => {
      const [start, end] = dayStarts(day, day, zone);
      return (end!.getTime() - start!.getTime()) / 3_600_000;
    };
    expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
    expect(hours("2026-10-25", "Europe/Berlin")).toBe(25);
    expect(hours("2026-11-22", "Asia/Jakarta")).toBe(24);
    expect(startOfDay("2026-11-22", "Asia/Jakarta").toISOString()).toBe("2026-11-21T17:00:00.000Z");
    // There the clocks go from midnight to one.
    expect(startOfDay("2026-04-24", "Africa/Cairo").toISOString()).toBe("2026-04-23T22:00:00.000Z");
    expect(dayOf(Date.parse("2026-11-21T17:00:00Z"), "Asia/Jakarta")).toBe("2026-11-22");
  });

  // A day that there never was, clocks that go forward at midnight, and back over it.
  test.each(["Pacific/Apia", "Africa/Cairo", "America/Havana", "Europe/Berlin", "Asia/Kolkata"])(
    "follow each other as each begins by itself: %s",
    (zone) => {
      for (const year of [2011, 2026]) {
        const [from, to] = [`${year}-01-01`, `${year}-12-31`];
        const each = Array.from({ length: 366 }, (_, i) => startOfDay(dayAfter(from, i), zone));
        expect(dayStarts(from, to, zone)).toEqual(each);
      }
    },
  );

  test("of a range go up to today, or are the ones chosen", () => {
    expect(rangeOf({ range: "today" }, "2026-11-22")).toEqual({ from: "2026-11-22", to: "2026-11-22" });
    expect(rangeOf({ range: "28" }, "2026-11-22")).toEqual({ from: "2026-10-26", to: "2026-11-22" });
    expect(rangeOf({ range: "custom", from: "2026-01-05" }, "2026-11-22")).toEqual({
      from: "2026-01-05",
      to: "2026-11-22",
    });
    expect(() => rangeOf({ range: "custom", from: "2026-11-23", to: "2026-11-22" }, "")).toThrow("after the last");
    expect(() => rangeOf({ range: "custom", from: "2024-11-23", to: "2026-11-22" }, "")).toThrow("366 days");
  });
});

test("agents see no figures", async () => {
  await expect(trends(agents[0]!, { range: "7" })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});
