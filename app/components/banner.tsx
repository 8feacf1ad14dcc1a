import type { ReactNode } from "react";

const TONES = { done: "bg-accent-soft text-accent-strong", refused: "bg-danger-soft text-danger" };

/** What became of the last form: read out, and seen above what it was about. */
export function Banner({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  return (
    <p
      role={tone === "done" ? "status" : "alert"}
      className={`break-anywhere mb-5 rounded px-4 py-2.5 font-medium ${TONES[tone]}`}
    >
      {children}
    </p>
  );
}
