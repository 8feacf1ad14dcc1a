import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { Invalid, NotAllowed } from "~/chat/errors";
import { many, sql } from "~/db.server";
import { settings } from "~/settings/settings.server";
import { chatsOfDays, type Begun, type Ended } from "./chats-of-days.server";
import { clockAt, dayAfter, dayOf, daysBetween, dayStarts } from "./days";
import { hoursByStatus } from "./hours-by-status.server";
import type { AgentFigures, DayRange, HourFigures, Trends } from "./shapes";
import { addAll, addByAgent, figuresOf, openSums, together, type Sums } from "./sums";

const MOST_DAYS = 366;
export const RANGES = { today: 1, "7": 7, "28": 28, "90": 90 } as const;

const day = z.iso.date("Write a day, as in 2026-11-22.");

export const trendsInput = z.object({
  /** So many days up to today; `custom` goes by from and to. */
  range: z.enum(["today", "7", "28", "90", "custom"], { error: "Choose one of the list." }).default("7"),
  from: day.optional(),
  to: day.optional(),
});

/** How it went in a range of days, and in as many days before it. @throws NotAllowed, Invalid */
export async function trends(admin: Staff, input: z.infer<typeof trendsInput>, now = new Date()): Promise<Trends> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins see the figures.");
  const { timeZone } = await settings();
  const range = rangeOf(input, dayOf(now, timeZone));
  const length = daysBetween(range.from, range.to) + 1;
  const before = { from: dayAfter(range.from, -length), to: dayAfter(range.from, -1) };
  const bounds = dayStarts(before.from, range.to, timeZone);
  const [chats, worked] = await Promise.all([
    chatsOfDays(bounds),
    hoursByStatus(bounds[length] ?? now, bounds.at(-1) ?? now),
  ]);
  const days: Sums[] = [];
  const agents = new Map<number, { now: Sums; before: Sums }>();
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, started: 0, ended: 0 }));
  for (const [slot, { begun, ended }] of chats.entries()) {
    const isRecent = slot >= length;
    const sumsOf = (csId: number) => {
      const known = agents.get(csId) ?? { now: openSums(), before: openSums() };
      agents.set(csId, known);
      return isRecent ? known.now : known.before;
    };
    const day = openSums();
    days.push(day);
    addAll(day, begun, ended);
    addByAgent(sumsOf, begun, ended);
    if (isRecent) countHours(hours, bounds[slot] ?? now, timeZone, begun, ended);
    // A year is much to count at once, and chats go on meanwhile.
    await setImmediate();
  }
  return {
    range,
    before,
    timeZone,
    now: figuresOf(together(days.slice(length))),
    past: figuresOf(together(days.slice(0, length))),
    days: days.slice(length).map((sums, i) => ({ day: dayAfter(range.from, i), ...figuresOf(sums) })),
    hours,
    agents: await asAgents(agents, worked),
  };
}

/** @throws Invalid */
export function rangeOf({ range, from, to }: z.infer<typeof trendsInput>, today: string): DayRange {
  if (range !== "custom") return { from: dayAfter(today, 1 - RANGES[range]), to: today };
  const chosen = { from: from ?? to ?? today, to: to ?? today };
  if (chosen.from > chosen.to)
    throw new Invalid("The first day comes after the last.", { to: "The first day comes after the last." });
  if (daysBetween(chosen.from, chosen.to) >= MOST_DAYS) {
    throw new Invalid("Choose at most 366 days.", { from: "Choose at most 366 days." });
  }
  return chosen;
}

const agentRow = z.object({ id: z.number(), name: z.string() });

/** Everybody who had a chat, or was at the desk. A chat is theirs who had it last. */
async function asAgents(
  agents: Map<number, { now: Sums; before: Sums }>,
  worked: Awaited<ReturnType<typeof hoursByStatus>>,
): Promise<AgentFigures[]> {
  const ids = [...new Set([...agents.keys(), ...worked.keys()])];
  const rows = await many(agentRow, sql`select id, name from users where id = any(${ids}) order by lower(name), id`);
  return rows.map(({ id, name }) => ({
    id,
    name,
    now: figuresOf(agents.get(id)?.now ?? openSums()),
    before: figuresOf(agents.get(id)?.before ?? openSums()),
    ...(worked.get(id) ?? { online: 0, busy: 0, away: 0 }),
  }));
}

/** By the hour that the organisation's clocks showed: an hour that came twice counts twice. */
function countHours(hours: HourFigures[], day: Date, timeZone: string, begun: Begun, ended: Ended) {
  const clocks: number[] = [];
  const clockOf = (offset: number) => (clocks[offset] ??= clockAt(day.getTime() + offset * 3_600_000, timeZone).hour);
  const hourOf = (offset: number) => hours[clockOf(offset)];
  for (const offset of begun.hour) hourOf(offset)!.started++;
  for (const offset of ended.hour) hourOf(offset)!.ended++;
}
