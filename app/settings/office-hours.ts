export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface OfficeHours {
  hoursOn: boolean;
  /** "09:00-12:00, 13:00-17:00" for each day; empty: closed. */
  hours: Record<Weekday, string>;
  /** One a line: 2026-12-25 and, if one likes, its name. */
  holidays: string;
  timeZone: string;
}

export interface Opening {
  open: boolean;
  /** When it opens next, ISO 8601; null when it is open, or closed for the next weeks. */
  opensAt: string | null;
  /** The name of today's holiday. */
  holiday: string | null;
}

const RANGE = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/;
const DAY_MS = 86_400_000;
const LOOK_AHEAD_DAYS = 21;

/** [from, to) in minutes of the day; null when it is not written so, or not in order. */
export function readRanges(text: string): [number, number][] | null {
  const parts = text.split(",").flatMap((part) => part.trim() || []);
  const ranges: [number, number][] = [];
  for (const part of parts) {
    const [, h1, m1, h2, m2] = (RANGE.exec(part.replaceAll(/[\s–]/g, (c) => (c === "–" ? "-" : ""))) ?? []).map(Number);
    if (h1 === undefined || m1 === undefined || h2 === undefined || m2 === undefined || m1 > 59 || m2 > 59) return null;
    const [from, to] = [h1 * 60 + m1, h2 * 60 + m2];
    if (from >= to || to > 1_440 || from < (ranges.at(-1)?.[1] ?? 0)) return null;
    ranges.push([from, to]);
  }
  return ranges;
}

/** Day -> name; null when a line is not a day. */
export function readHolidays(text: string): Map<string, string> | null {
  const days = new Map<string, string>();
  for (const line of text.split("\n").flatMap((one) => one.trim() || [])) {
    const [, day = "", name = ""] = /^(\d{4}-\d\d-\d\d)(?:\s+(.{1,80}))?$/.exec(line) ?? [];
    if (!day || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return null;
    days.set(day, name.trim());
  }
  return days;
}

/** Whether the office is open at a moment, by the organisation's own clock, across changes of it. */
export function openingAt(office: OfficeHours, now: Date): Opening {
  const always = { open: true, opensAt: null, holiday: null };
  if (!office.hoursOn) return always;
  const today = dayIn(office.timeZone, now);
  const holiday = readHolidays(office.holidays)?.get(today) ?? null;
  for (let i = 0; i < LOOK_AHEAD_DAYS; i++) {
    for (const [from, to] of rangesOf(office, addDays(today, i))) {
      if (to <= now) continue;
      return from <= now ? always : { open: false, opensAt: from.toISOString(), holiday };
    }
  }
  return { open: false, opensAt: null, holiday };
}

function rangesOf({ hours, holidays, timeZone }: OfficeHours, day: string): [Date, Date][] {
  if (readHolidays(holidays)?.has(day)) return [];
  const weekday = WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];
  const ranges = (weekday && readRanges(hours[weekday])) ?? [];
  return ranges.map(([from, to]) => [instantOf(day, from, timeZone), instantOf(day, to, timeZone)]);
}

const dayIn = (timeZone: string, at: Date) =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The moment when the clock of a zone shows that minute of that day. */
function instantOf(day: string, minutes: number, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  const guess = wall - offsetAt(wall, timeZone);
  return new Date(wall - offsetAt(guess, timeZone));
}

/** How far a zone's clock is ahead of UTC at a moment, in ms. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const [year = 0, month = 1, day, hour, minute, second] = ["year", "month", "day", "hour", "minute", "second"].map(
    (type) => Number(parts.find((part) => part.type === type)?.value),
  );
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}
