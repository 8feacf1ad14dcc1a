import type { TextKey } from "./en";
import type { Say } from "./text";

/** What the customer was about to do. */
export type Doing = "start" | "send" | "change" | "rate" | "email" | "end";

const BY_CODE: Partial<Record<string, TextKey>> = {
  NOT_FOUND: "refused.NOT_FOUND",
  NOT_ALLOWED: "refused.NOT_ALLOWED",
  RATE_LIMITED: "refused.RATE_LIMITED",
  OVERLOADED: "refused.OVERLOADED",
  UNAUTHENTICATED: "refused.UNAUTHENTICATED",
  INTERNAL: "refused.OVERLOADED",
};

const CONFLICTS: Partial<Record<Doing, TextKey>> = {
  send: "refused.send.CONFLICT",
  change: "refused.change.CONFLICT",
  rate: "refused.rate.CONFLICT",
};

const FIELDS: Partial<Record<string, TextKey>> = {
  customerEmail: "refused.email",
  email: "refused.email",
  rating: "refused.rating",
  message: "refused.text",
  content: "refused.text",
};

/** Why something was refused, in the reader's language where its code says enough, else as the server wrote it. */
export function refusalText(t: Say<TextKey>, doing: Doing, code: string | undefined, message: string): string {
  const key = code === "CONFLICT" ? CONFLICTS[doing] : code && BY_CODE[code];
  return key ? t(key) : message;
}

export function fieldTexts(t: Say<TextKey>, fields: Record<string, string>): Record<string, string> {
  const entries = Object.entries(fields).map(([name, message]) => {
    const key = FIELDS[name];
    return [name, key ? t(key) : message];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
