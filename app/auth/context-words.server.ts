import { env } from "~/env.server";
import { settings } from "~/settings/settings.server";

/** What whoever guesses at a customer service tries first; beside them the username, the organisation and its host. */
const WORDS =
  "heradesk hera desk admin administrator support agent helpdesk service customer chat password welcome".split(" ");
/** Shorter parts of a name are in many good passwords. */
const SHORTEST = 4;

/** What is left of a password without the words that belong to this place; in small letters. */
export async function withoutWordsOfHere(password: string, username: string): Promise<string> {
  const { organisationName } = await settings();
  const hosts = (env().APP_ORIGIN ?? []).map((origin) => new URL(origin).hostname);
  const named = [organisationName, ...hosts].flatMap((name) => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const words = [username.toLowerCase(), ...WORDS, ...named.filter((word) => word.length >= SHORTEST)].filter(Boolean);
  // The longest first, so that nothing is left of "helpdesk" but what is no word.
  return words
    .sort((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, ""), password.toLowerCase())
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
