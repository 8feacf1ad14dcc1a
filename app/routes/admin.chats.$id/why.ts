import type { StaffKey } from "~/messages/staff-en";
import type { Say } from "~/messages/text";

type Fit = "fit" | "full" | "busy" | "offline" | "gone" | "away" | "skipped";

export interface Assignment {
  kind: "queue" | "accept" | "transfer" | "admin" | "returned" | "requeued";
  csName: string | null;
  byName: string | null;
  considered: { name: string; load: number; max: number; fit: Fit }[];
  createdAt: string;
}

/** "from the queue to cs" */
export function headline({ kind, csName, byName }: Assignment, t: Say<StaffKey>): string {
  return t(`why.${kind}`, { name: csName ?? "?", by: byName ?? "?" });
}

/** "cs had 1 of 5 chats; ada busy, grace full": the one who got it first, then those who did not. */
export function because({ csName, considered }: Assignment, t: Say<StaffKey>): string {
  const chosen = considered.find(({ name }) => name === csName);
  const others = considered.filter((one) => one !== chosen).map((one) => t(`why.${one.fit}`, one));
  return [chosen && t("why.load", chosen), others.join(", ")].filter(Boolean).join("; ");
}
