import { useLocale } from "~/messages/text";
import { useTicking } from "./clock";

/** How long since then, ticking: 0:41, 2:14, 1:02:03. */
export function Elapsed({ since, className }: { since: string; className?: string }) {
  const text = useTicking((now) => stopwatch(now - Date.parse(since)));
  return (
    <time dateTime={since} className={`tabular-nums ${className ?? ""}`}>
      {text}
    </time>
  );
}

/** How long ago, in one unit and few letters: 2 min, 3 hr, 5 days; `justNow` for less than a minute. */
export function Ago({ iso, justNow, className }: { iso: string; justNow: string; className?: string }) {
  const locale = useLocale();
  const text = useTicking((now) => agoText(now - Date.parse(iso), locale) ?? justNow);
  return (
    <time dateTime={iso} className={`tabular-nums ${className ?? ""}`}>
      {text}
    </time>
  );
}

/** 134,000 ms -> "2:14". Never negative: two clocks are never quite alike. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const pad = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** @returns null under a minute. */
export function agoText(ms: number, locale: string): string | null {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return null;
  if (minutes < 60) return inUnit(minutes, "minute", locale);
  if (minutes < 1_440) return inUnit(Math.floor(minutes / 60), "hour", locale);
  return inUnit(Math.floor(minutes / 1_440), "day", locale);
}

function inUnit(value: number, unit: string, locale: string) {
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
}
