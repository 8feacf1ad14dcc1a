import type { Settings } from "~/settings/settings.server";

/** A number or a word in a field, a choice to tick, or a few lines. */
type Kind = "field" | "tick" | "lines" | "colour";

interface Section {
  id:
    "organisation" | "hours" | "presence" | "silence" | "queue" | "files" | "safety" | "privacy" | "data" | "language";
  names: Partial<Record<keyof Settings, Kind>>;
}

/** What stands where on the page; every setting is in one of them. */
export const SECTIONS: Section[] = [
  {
    id: "organisation",
    names: { organisationName: "field", logoUrl: "field", accent: "colour", accentDark: "colour", greeting: "field" },
  },
  {
    id: "hours",
    names: { timeZone: "field", hoursOn: "tick", hours: "field", holidays: "lines", closedText: "lines" },
  },
  { id: "queue", names: { maxChats: "field", autoAssign: "tick", estimateWindowSeconds: "field" } },
  { id: "presence", names: { graceSeconds: "field", awayAfterSeconds: "field", noAnswerSeconds: "field" } },
  { id: "silence", names: { idleTimeoutSeconds: "field", idleWarningSeconds: "field", rateAfterIdle: "tick" } },
  {
    id: "files",
    names: {
      fileMaxMegabytes: "field",
      filesPerMessage: "field",
      filesPerChatAndDay: "field",
      fileQuotaCustomerMegabytes: "field",
      fileQuotaTotalMegabytes: "field",
      fileTypes: "field",
      scanUnreachable: "field",
    },
  },
  { id: "privacy", names: { typingPreview: "tick", agentsSeeAll: "tick" } },
  { id: "data", names: { retentionDays: "field", activityRetentionDays: "field", customersErase: "tick" } },
  { id: "safety", names: { requireSecondFactor: "tick" } },
  { id: "language", names: { language: "field" } },
];

const TICKS = SECTIONS.flatMap(({ names }) =>
  Object.entries(names).flatMap(([name, kind]) => (kind === "tick" ? [name] : [])),
);

/** A box that is not ticked is not sent. */
export const UNTICKED = Object.fromEntries(TICKS.map((name) => [name, false]));
