import type { AgentStatus } from "~/chat/shapes";

/** What others see of somebody: away is online with nobody at the desk. */
export type PresenceName = AgentStatus | "away";

// Filled: their own choice, and they are here. No amber: that is only for customers who wait.
const COLOURS = {
  online: "bg-ok",
  busy: "bg-text-muted",
  away: "border-2 border-ok bg-surface",
  offline: "border-2 border-line-strong",
};

/** Colour and shape only: put the word beside it, or give a `label`. */
export function StatusDot({
  status,
  label,
  className = "",
}: {
  status: PresenceName;
  label?: string;
  className?: string;
}) {
  return (
    <span
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={`inline-block h-2.5 w-2.5 shrink-0 rounded-full ${COLOURS[status]} ${className}`}
    />
  );
}
