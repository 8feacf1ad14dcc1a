import { sql } from "~/db.server";

type Query = ReturnType<typeof sql>;

/** A tsvector of a name's words, each also without any one of its letters: what nameQuery looks for. */
export const spellingsOf = (name: Query): Query => sql`(
  select array_to_tsvector(coalesce(array_agg(distinct '~' || spelling), '{}')) from (
    select word as spelling from ${wordsOf(name)}
    union all
    select left(word, i - 1) || substr(word, i + 1) from ${wordsOf(name)}, generate_series(1, length(word)) i
  ) spellings where length(spelling) between 1 and 40
)`;

const wordsOf = (name: Query) => sql`regexp_split_to_table(lower(${name}), '[^[:alnum:]]+') word`;

/**
 * A name, of which each word may be a beginning, or have one letter wrong, missing or too many; or an e-mail
 * from its beginning. Empty: there is nothing to look for.
 */
export function nameQuery(typed: string): string {
  const words = (typed.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 6);
  if (typed.includes("@"))
    return words.map((word, i) => `'${word}'${i === words.length - 1 ? ":*" : ""}`).join(" <-> ");
  return words
    .map((word) => `(${[`'~${word}':*`, ...withoutOne(word).map((spelling) => `'~${spelling}'`)].join(" | ")})`)
    .join(" & ");
}

/** One letter off leaves both with the same rest; short names differ too much by one letter. */
function withoutOne(word: string): string[] {
  const letters = [...word].slice(0, 40);
  if (letters.length < 3) return [];
  return [...new Set(letters.map((_, i) => letters.filter((_, j) => j !== i).join("")))];
}
