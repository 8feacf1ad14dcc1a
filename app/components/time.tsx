import { useSyncExternalStore } from "react";
import { useLocale, useText } from "~/messages/text";
import { useRootData } from "~/root-data";

/** 14:02 in the reader's zone. */
export function Time({ iso, className }: { iso: string; className?: string }) {
  return <Moment iso={iso} className={className} options={{ timeStyle: "short" }} />;
}

/** 3 Nov 2026, 14:02. */
export function DateTime({ iso, className }: { iso: string; className?: string }) {
  return <Moment iso={iso} className={className} options={{ dateStyle: "medium", timeStyle: "short" }} />;
}

/** Today, Yesterday, or Tuesday 3 November. */
export function Day({ iso }: { iso: string }) {
  const t = useText();
  const timeZone = useTimeZone();
  const days = daysBefore(iso, timeZone ?? "UTC");
  if (days === 0) return t("time.today");
  if (days === 1) return t("time.yesterday");
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  if (days > 300) options.year = "numeric";
  return <Moment iso={iso} options={options} />;
}

function Moment({ iso, options, className }: { iso: string; options: Intl.DateTimeFormatOptions; className?: string }) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const date = new Date(iso);
  const text = formatFor(locale, { ...options, timeZone: timeZone ?? "UTC" }).format(date);
  const isTime = "timeStyle" in options;
  return (
    <time dateTime={iso} className={className} suppressHydrationWarning>
      {/* Until we know the reader's zone, the time says whose it is. */}
      {!timeZone && isTime ? `${text} UTC` : text}
    </time>
  );
}

/**
 * The reader's IANA zone. The first render in the browser repeats what the server knew (from the cookie `tz`), then the
 * browser's own zone takes over: no mismatch, and usually no change either. Null: not known, use UTC and say so.
 */
export function useTimeZone(): string | null {
  const known = useRootData()?.timeZone ?? null;
  return useSyncExternalStore(
    () => () => {},
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => known,
  );
}

/** The calendar day of a moment in a zone, as 2026-11-03: equal strings are the same day. */
export function dayKey(iso: string | number, timeZone: string): string {
  return formatFor("en-CA", { timeZone, dateStyle: "short" }).format(new Date(iso));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** To make one takes as long as to use it a hundred times, and a log asks for hundreds at each new message. */
function formatFor(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  // A server meets every zone and language there is.
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, made);
  return made;
}

const MOST_FORMATS = 500;

function daysBefore(iso: string, timeZone: string): number {
  const at = (key: string) => Date.parse(`${key}T00:00:00Z`);
  return Math.round((at(dayKey(Date.now(), timeZone)) - at(dayKey(iso, timeZone))) / 86_400_000);
}
