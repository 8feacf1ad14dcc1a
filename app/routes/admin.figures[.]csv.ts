import { stringify } from "csv-stringify/sync";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { refused } from "~/api/answer.server";
import { requireAdmin } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { askedOf } from "~/reports/chat-filter.server";
import type { Figures, Trends } from "~/reports/shapes";
import { trends, trendsInput } from "~/reports/trends.server";

/** All figures of the page: a line for the range, the one before, each day, hour and agent. Times in seconds. */
export async function loader({ request }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  try {
    const asked = askedOf(request);
    const figures = await trends(admin, parse(trendsInput, asked));
    const { from, to } = figures.range;
    return new Response(
      `\uFEFF${stringify(linesOf(figures), { header: true, columns: COLUMNS, escape_formulas: true })}`,
      {
        headers: {
          "Content-Type": "text/csv; charset=utf-8",
          "Content-Disposition": `attachment; filename="figures-${from}-${to}.csv"`,
          "Cache-Control": "no-store",
        },
      },
    );
  } catch (error) {
    return refused(error, request);
  }
}

const COLUMNS =
  "of name started ended abandoned waiting_median waiting_p90 first_reply_median first_reply_p90 resolution_median resolution_p90 rating rated online_seconds busy_seconds away_seconds".split(
    " ",
  );

function linesOf({ range, before, now, past, days, hours, agents }: Trends) {
  return [
    { of: "range", name: `${range.from} – ${range.to}`, ...flat(now) },
    { of: "before", name: `${before.from} – ${before.to}`, ...flat(past) },
    ...days.map((day) => ({ of: "day", name: day.day, ...flat(day) })),
    ...hours.map(({ hour, started, ended }) => ({ of: "hour", name: `${hour}:00`, started, ended })),
    ...agents.map(({ name, now: own, online, busy, away }) => ({
      of: "agent",
      name,
      ...flat(own),
      online_seconds: Math.round(online),
      busy_seconds: Math.round(busy),
      away_seconds: Math.round(away),
    })),
  ];
}

const flat = ({ waiting, firstReply, resolution, ...counts }: Figures) => ({
  ...counts,
  waiting_median: waiting.median,
  waiting_p90: waiting.p90,
  first_reply_median: firstReply.median,
  first_reply_p90: firstReply.p90,
  resolution_median: resolution.median,
  resolution_p90: resolution.p90,
});
