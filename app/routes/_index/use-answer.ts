import { useActionData } from "@remix-run/react";
import { fieldTexts, refusalText, type Doing } from "~/messages/refusal-text";
import { useText } from "~/messages/text";
import type { action } from "./route";

/** What the last form was answered with, when it asked for a page rather than a redirect. */
export function useAnswer(intent: Doing) {
  const t = useText();
  const answer = useActionData<typeof action>();
  const mine = answer && (answer.kept.intent === intent || answer.kept.intent === "refresh") ? answer : null;
  const refusal = mine && !mine.ok ? mine : null;
  return {
    kept: mine?.kept ?? {},
    message: refusal ? refusalText(t, intent, refusal.code, refusal.message) : undefined,
    fields: fieldTexts(t, refusal?.fields ?? {}),
  };
}
