const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string) {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
    hourCycle: "h23",
  });
  formats.set(timeZone, made);
  return made;
}

/** What the clocks of a zone show: { day: "2026-11-22", hour: 14 }. */
export function clockAt(at: Date | number, timeZone: string): { day: string; hour: number } {
  const [day = "", time = ""] = formatIn(timeZone).format(at).split(", ");
  return { day, hour: Number(time.slice(0, 2)) };
}

export const dayOf = (at: Date | number, timeZone: string) => clockAt(at, timeZone).day;

/** The calendar's, whatever the clocks do. */
export const dayAfter = (day: string, days = 1) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/**
 * The first moment at which a zone's clocks show that day. Found by halving, because no formula knows the days that
 * begin at one o'clock, or twice.
 */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let [before, after] = [midnight - 15 * HOUR_MS, midnight + 15 * HOUR_MS];
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000;
    if (dayOf(middle, timeZone) < day) before = middle;
    else after = middle;
  }
  return new Date(after);
}

/** The starts of the days of `from` to `to` and the end of the last. */
export function dayStarts(from: string, to: string, timeZone: string): Date[] {
  let last: Date | null = null;
  return Array.from({ length: daysBetween(from, to) + 2 }, (_, i) => {
    const day = dayAfter(from, i);
    // Nearly always; and to see that it is so takes two looks at the clocks instead of twenty.
    const likely: number = last ? last.getTime() + DAY_MS : NaN;
    const isIt = last && dayOf(likely, timeZone) === day && dayOf(likely - 1_000, timeZone) < day;
    return (last = isIt ? new Date(likely) : startOfDay(day, timeZone));
  });
}
