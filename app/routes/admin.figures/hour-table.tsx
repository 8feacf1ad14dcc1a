import { useStaffText } from "~/messages/staff-text";
import type { HourFigures } from "~/reports/shapes";
import { NumberTable } from "./number-table";

export function HourTable({ hours }: { hours: HourFigures[] }) {
  const t = useStaffText();
  return (
    <NumberTable
      label={t("trends.perHour")}
      head={[t("trends.hour"), t("trends.started"), t("trends.ended")]}
      rows={hours.map(({ hour, started, ended }) => [`${hour}:00`, started, ended])}
    />
  );
}
