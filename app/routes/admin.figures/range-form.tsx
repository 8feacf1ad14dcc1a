import { Form, Link } from "@remix-run/react";
import { Button } from "~/components/button";
import { useStaffText } from "~/messages/staff-text";
import type { DayRange } from "~/reports/shapes";

const RANGES = ["today", "7", "28", "90"] as const;

interface Props {
  asked: Record<string, string>;
  range: DayRange | null;
  errors: Record<string, string>;
}

/** The usual ranges as links, any other by its two days. */
export function RangeForm({ asked, range, errors }: Props) {
  const t = useStaffText();
  const chosen = asked.range ?? "7";
  const error = errors.from ?? errors.to ?? errors.range;
  const from = range?.from ?? asked.from;
  const to = range?.to ?? asked.to;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3">
      <nav aria-label={t("trends.range")} className="flex gap-1 rounded bg-surface-2 p-1">
        {RANGES.map((one) => (
          <Link
            key={one}
            to={`?range=${one}`}
            preventScrollReset
            aria-current={chosen === one ? "page" : undefined}
            className="flex min-h-[32px] items-center rounded-[6px] px-3 font-medium text-text-muted hover:text-text aria-[current=page]:bg-surface aria-[current=page]:text-text aria-[current=page]:shadow"
          >
            {t(`trends.${one}`)}
          </Link>
        ))}
      </nav>
      <Form key={`${from} ${to}`} preventScrollReset className="flex flex-wrap items-center gap-2">
        <input type="hidden" name="range" value="custom" />
        <input
          type="date"
          name="from"
          required
          aria-label={t("found.from")}
          defaultValue={from}
          aria-invalid={errors.from ? true : undefined}
          aria-describedby={error ? "range-error" : undefined}
          className="input !min-h-[36px] !w-auto !py-1"
        />
        <span aria-hidden="true" className="text-text-muted">
          –
        </span>
        <input
          type="date"
          name="to"
          required
          aria-label={t("found.to")}
          defaultValue={to}
          aria-invalid={errors.to ? true : undefined}
          aria-describedby={error ? "range-error" : undefined}
          className="input !min-h-[36px] !w-auto !py-1"
        />
        <Button size="sm" className="min-h-[36px]">
          {t("trends.show")}
        </Button>
      </Form>
      {error && (
        <p id="range-error" role="alert" className="w-full font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
