import CalendarClock from "lucide-react/icons/calendar-clock";
import { useTimeZone } from "~/components/time";
import { useLocale, useText } from "~/messages/text";
import type { Welcome } from "~/settings/brand.server";

const LOOK = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;

/** Outside of the office hours: when it opens, by the reader's clock, and what the organisation says of it. */
export function Closed({ welcome: { opening, closedText, officeZone } }: { welcome: Welcome }) {
  const t = useText();
  const locale = useLocale();
  // Until the reader's zone is known it is the office's, and says so.
  const own = useTimeZone();
  const zone = own ? {} : ({ timeZoneName: "short" } as const);
  const when =
    opening.opensAt &&
    new Intl.DateTimeFormat(locale, { ...LOOK, ...zone, timeZone: own ?? officeZone }).format(
      new Date(opening.opensAt),
    );
  return (
    <div>
      <p className="inline-flex items-center gap-2 rounded-full border border-line bg-surface px-3 py-1 text-sm font-medium">
        <CalendarClock size={16} aria-hidden="true" className="shrink-0 text-text-muted" />
        <span suppressHydrationWarning>
          {opening.holiday ? t("landing.closed.holiday", { name: opening.holiday }) : t("landing.closed")}
          {when && ` · ${t("landing.opens", { when })}`}
        </span>
      </p>
      <p className="break-anywhere mt-3 max-w-[46ch] whitespace-pre-line text-text-muted">
        {closedText ?? t("landing.closed.text")}
      </p>
    </div>
  );
}
