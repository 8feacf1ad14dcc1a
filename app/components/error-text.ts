import { type Say, sayFrom } from "~/messages/text";
import type { TextKey } from "~/messages/en";
import { useRootData } from "~/root-data";

// When not even the root could load, there is no catalogue.
const LAST_RESORT: Partial<Record<TextKey, string>> = {
  "error.title.500": "Something went wrong on our side",
  "error.text.500": "It is not your doing. What you sent is kept; try again in a moment.",
  "error.written": "What you wrote",
  "error.send": "Send it again",
  "error.again": "Try again",
  "error.home": "To the start page",
};

/** Texts for a page in place of one that failed. */
export function useErrorText(): Say<TextKey> {
  const texts = useRootData()?.texts;
  return texts ? sayFrom(texts) : (key) => LAST_RESORT[key] ?? key;
}
