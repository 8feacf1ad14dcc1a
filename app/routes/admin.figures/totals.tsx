import { stopwatch } from "~/components/elapsed";
import { useLocale } from "~/messages/text";
import { useStaffText } from "~/messages/staff-text";
import type { Figures, Spread } from "~/reports/shapes";

/** The whole range in a few numbers, each with what it was before. */
export function Totals({ now, past }: { now: Figures; past: Figures }) {
  const t = useStaffText();
  const locale = useLocale();
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const percent = (part: number, whole: number) =>
    whole === 0 ? null : new Intl.NumberFormat(locale, { style: "percent" }).format(part / whole);
  const rating = (value: number | null) =>
    value === null
      ? null
      : new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-4 2xl:grid-cols-7">
      <Total name={t("trends.started")} value={count(now.started)} before={count(past.started)} />
      <Total name={t("trends.ended")} value={count(now.ended)} before={count(past.ended)} />
      <Total
        name={t("trends.abandoned")}
        value={count(now.abandoned)}
        more={percent(now.abandoned, now.ended)}
        before={count(past.abandoned)}
      />
      <Total
        name={t("trends.rating")}
        value={rating(now.rating)}
        more={now.ended > 0 ? `${t("trends.rated")} ${percent(now.rated, now.ended)}` : null}
        before={rating(past.rating)}
      />
      <Times name={t("trends.waiting")} now={now.waiting} past={past.waiting} />
      <Times name={t("trends.firstReply")} now={now.firstReply} past={past.firstReply} />
      <Times name={t("trends.resolution")} now={now.resolution} past={past.resolution} />
    </dl>
  );
}

export const timeText = (seconds: number | null) => (seconds === null ? null : stopwatch(seconds * 1_000));

function Times({ name, now, past }: { name: string; now: Spread; past: Spread }) {
  const t = useStaffText();
  return (
    <Total
      name={name}
      value={timeText(now.median)}
      more={now.p90 === null ? null : t("trends.p90", { time: timeText(now.p90) ?? "" })}
      before={timeText(past.median)}
    />
  );
}

interface TotalProps {
  name: string;
  value: string | null;
  more?: string | null;
  before: string | null;
}

function Total({ name, value, more, before }: TotalProps) {
  const t = useStaffText();
  return (
    <div className="flex flex-col rounded-lg border border-line bg-surface p-4">
      <dt className="text-text-muted">{name}</dt>
      <dd className="mt-2 text-2xl font-semibold tabular-nums tracking-tight">{value ?? t("trends.none")}</dd>
      <dd className="mt-1 flex flex-wrap gap-x-3 text-xs text-text-muted">
        {more && <span>{more}</span>}
        <span>{t("trends.before", { value: before ?? t("trends.none") })}</span>
      </dd>
    </div>
  );
}
