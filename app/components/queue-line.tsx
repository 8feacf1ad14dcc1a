import type { Estimate } from "~/chat/shapes";
import { useLocale, useText } from "~/messages/text";

export interface Place {
  position: number | null;
  estimate: Estimate | null;
  /** Whether anybody is there to answer. */
  online: boolean;
}

/** The place in the queue, and how long that usually takes when somebody is there. */
export function QueueLine({ place: { position, estimate, online } }: { place: Place }) {
  const t = useText();
  const range = useMinutes(estimate);
  const alone = !online && !estimate;
  const first = position === null || position <= 1;
  return (
    <>
      <p className="font-semibold">
        {!first ? t("chat.position", { position }) : t(alone ? "chat.kept" : "chat.next")}
      </p>
      <p className="mt-0.5 text-sm text-text-muted" suppressHydrationWarning>
        {alone
          ? t("chat.nobody")
          : range === null
            ? t("chat.waitingHint")
            : range
              ? t("chat.estimate", { range })
              : t("chat.soon")}
      </p>
    </>
  );
}

/** "2–5 minutes" in the reader's language; empty for less than one, null when there is nothing honest to say. */
function useMinutes(estimate: Estimate | null): string | null {
  const locale = useLocale();
  if (!estimate) return null;
  if (estimate.to <= 60) return "";
  const from = Math.max(1, Math.round(estimate.from / 60));
  const to = Math.max(from, Math.round(estimate.to / 60));
  const minutes = new Intl.NumberFormat(locale, { style: "unit", unit: "minute", unitDisplay: "long" });
  return from === to ? minutes.format(to) : minutes.formatRange(from, to);
}
