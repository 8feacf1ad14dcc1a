import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Invalid } from "~/chat/errors";
import { withoutWordsOfHere } from "./context-words.server";
import { hashPassword, MAX_PASSWORD_BYTES } from "./password.server";

export const MIN_PASSWORD_LENGTH = 12;

let common: Set<string> | null = null;

/**
 * The hash of a password that somebody chose, once it is one that nobody guesses. `field` names it in the refusal.
 * @throws Invalid when it is short, over 72 bytes, among the 3,000 commonest, or made of words that belong here.
 */
export async function newPasswordHash(password: string, username: string, field = "password"): Promise<string> {
  const problem = weakness(password) ?? (await guessable(password, username));
  if (problem) throw new Invalid(problem, { [field]: problem });
  return hashPassword(password);
}

function weakness(password: string): string | null {
  const length = [...password].length;
  if (length < MIN_PASSWORD_LENGTH)
    return `Use at least ${MIN_PASSWORD_LENGTH} characters; a few words make a good one.`;
  const bytes = Buffer.byteLength(password);
  if (bytes > MAX_PASSWORD_BYTES) {
    return `At most ${MAX_PASSWORD_BYTES} bytes; this one has ${bytes}. Letters with accents and emoji count for more than one.`;
  }
  if (commonPasswords().has(password.toLowerCase())) return "This is one of the commonest passwords. Choose another.";
  return new Set(password).size < 5 ? "That is too few different characters." : null;
}

async function guessable(password: string, username: string): Promise<string | null> {
  const rest = await withoutWordsOfHere(password, username);
  return rest.length < MIN_PASSWORD_LENGTH / 2
    ? "Your name and ours are the first that are guessed. Choose another."
    : null;
}

function commonPasswords(): Set<string> {
  return (common ??= new Set(
    readFileSync(resolve("app/auth/common-passwords.txt"), "utf8")
      .split("\n")
      .filter((line) => line && !line.startsWith("#")),
  ));
}
