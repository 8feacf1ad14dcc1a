import type { ReactNode } from "react";

const TONES = {
  muted: "bg-surface-2 text-text-muted",
  accent: "bg-accent-soft text-accent-strong",
  count: "bg-accent text-on-accent",
  waiting: "bg-waiting-soft text-waiting",
  danger: "bg-danger-soft text-danger",
};

/** A short fact beside something. `waiting` is for "somebody waits for you" only. */
export function Pill({
  tone = "muted",
  className = "",
  children,
}: {
  tone?: keyof typeof TONES;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={`inline-flex min-w-5 items-center justify-center gap-1.5 whitespace-nowrap rounded-full px-2 py-0.5 text-xs font-medium tabular-nums ${TONES[tone]} ${className}`}
    >
      {children}
    </span>
  );
}
