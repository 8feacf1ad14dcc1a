import { stopwatch } from "~/components/elapsed";
import type { StaffKey } from "~/messages/staff-en";
import type { Say } from "~/messages/text";
import type { DayFigures, Spread, Trends } from "~/reports/shapes";
import type { ChartShape } from "./chart-shape";
import { draw } from "./draw.server";

export interface Charts {
  perDay: ChartShape;
  perHour: ChartShape;
  waiting: ChartShape;
  firstReply: ChartShape;
  resolution: ChartShape;
  rating: ChartShape;
}

/** The figures as pictures, in the reader's language. */
export function chartsOf(trends: Trends, t: Say<StaffKey>, locale: string): Charts {
  const { range, days, hours } = trends;
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const dayName = (day: string) => format.format(new Date(`${day}T00:00:00Z`));
  const labels = days.map(({ day }) => dayName(day));
  const said = (title: StaffKey) => (most: string) =>
    t("trends.chart", { title: t(title), from: dayName(range.from), to: dayName(range.to), most });
  const count = (value: number) => (Number.isInteger(value) ? new Intl.NumberFormat(locale).format(value) : "");
  const both = (place: string, started: number, ended: number) =>
    `${place}: ${t("trends.started")} ${count(started)}, ${t("trends.ended")} ${count(ended)}`;
  const time = (seconds: number) => stopwatch(seconds * 1_000);
  const spread = (title: StaffKey, of: (day: DayFigures) => Spread) =>
    draw({
      labels,
      lines: [days.map((day) => of(day).median), days.map((day) => of(day).p90)],
      write: time,
      times: true,
      tell: (i) => {
        const { median, p90 } = days[i] ? of(days[i]) : { median: null, p90: null };
        const name = labels[i] ?? "";
        if (median === null || p90 === null) return `${name}: ${t("trends.none")}`;
        return `${name}: ${t("trends.median")} ${time(median)}, ${t("trends.p90", { time: time(p90) })}`;
      },
      summary: said(title),
    });
  return {
    perDay: draw({
      labels,
      bars: days.map(({ started }) => started),
      lines: [days.map(({ ended }) => ended)],
      write: count,
      tell: (i) => both(labels[i] ?? "", days[i]?.started ?? 0, days[i]?.ended ?? 0),
      summary: said("trends.perDay"),
    }),
    perHour: draw({
      labels: hours.map(({ hour }) => `${hour}:00`),
      bars: hours.map(({ started }) => started),
      lines: [hours.map(({ ended }) => ended)],
      write: count,
      tell: (i) => both(`${hours[i]?.hour}:00`, hours[i]?.started ?? 0, hours[i]?.ended ?? 0),
      summary: said("trends.perHour"),
    }),
    waiting: spread("trends.waits", (day) => day.waiting),
    firstReply: spread("trends.reply", (day) => day.firstReply),
    resolution: spread("trends.resolved", (day) => day.resolution),
    rating: draw({
      labels,
      lines: [days.map(({ rating }) => rating)],
      domain: [1, 5],
      write: (value) => (value === 0 ? t("trends.none") : String(Math.round(value * 100) / 100)),
      tell: (i) => `${labels[i]}: ${days[i]?.rating?.toFixed(2) ?? t("trends.none")} (${days[i]?.rated ?? 0})`,
      summary: said("trends.ratings"),
    }),
  };
}
