import { useStaffText } from "~/messages/staff-text";
import type { DayFigures } from "~/reports/shapes";
import { NumberTable } from "./number-table";
import { timeText } from "./totals";

export function DayTable({ days }: { days: DayFigures[] }) {
  const t = useStaffText();
  const p90 = (name: string) => `${name}, ${t("trends.p90.head")}`;
  return (
    <NumberTable
      label={t("trends.perDay")}
      head={[
        t("trends.day"),
        t("trends.started"),
        t("trends.ended"),
        t("trends.abandoned"),
        t("trends.waiting"),
        p90(t("trends.waiting")),
        t("trends.firstReply"),
        p90(t("trends.firstReply")),
        t("trends.resolution"),
        p90(t("trends.resolution")),
        t("trends.rating"),
        t("trends.rated"),
      ]}
      rows={days.map((day) => [
        day.day,
        day.started,
        day.ended,
        day.abandoned,
        timeText(day.waiting.median),
        timeText(day.waiting.p90),
        timeText(day.firstReply.median),
        timeText(day.firstReply.p90),
        timeText(day.resolution.median),
        timeText(day.resolution.p90),
        day.rating?.toFixed(2) ?? null,
        day.rated,
      ])}
    />
  );
}
