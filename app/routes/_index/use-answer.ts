import { useActionData } from "@remix-run/react";
import type { action } from "./route";

/** What the last form was answered with, when it asked for a page rather than a redirect. */
export function useAnswer(intent: string) {
  const answer = useActionData<typeof action>();
  const mine = answer && (answer.kept.intent === intent || answer.kept.intent === "refresh") ? answer : null;
  const refusal = mine && !mine.ok ? mine : null;
  return { kept: mine?.kept ?? {}, message: refusal?.message, fields: refusal?.fields ?? {} };
}
