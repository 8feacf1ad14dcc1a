import type { HitPart } from "./shapes";

interface Term {
  words: string[];
  not: boolean;
}

/** Letters and digits of any script; everything else stands between words. */
const WORD = /[\p{L}\p{N}]+/gu;
/** A minus, a run in quotes or a run without spaces. */
const TERM = /(-?)(?:"([^"]*)"?|(\S+))/g;

/**
 * What people type into a search box, as they know it from the web: words, "exact words", -not, or. What is joined by
 * marks (HD-1234, a@b.c) is meant exactly.
 * @returns `all` and `any` in the syntax of websearch_to_tsquery, the words that a hit shows, and by alternative what has
 * to be there as several words in a row; null: nothing to look for.
 */
export function readWords(typed: string): { all: string; any: string; words: string[]; phrases: string[][] } | null {
  const parts: (Term | "or")[] = [];
  for (const [, minus, quoted, plain = ""] of typed.matchAll(TERM)) {
    if (!minus && plain.toLowerCase() === "or") parts.push("or");
    else parts.push({ words: (quoted ?? plain).toLowerCase().match(WORD) ?? [], not: minus === "-" });
  }
  const terms = parts.filter((part) => part === "or" || part.words.length > 0);
  const wanted = terms.filter((term): term is Term => term !== "or" && !term.not);
  if (wanted.length === 0) return null;
  return {
    all: terms.map((term) => (term === "or" ? "or" : `${term.not ? "-" : ""}${written(term)}`)).join(" "),
    any: wanted.map(written).join(" or "),
    words: [...new Set(wanted.flatMap(({ words }) => words))],
    phrases: alternatives(terms).map((some) =>
      some.filter(({ words, not }) => !not && words.length > 1).map(({ words }) => words.join(" ")),
    ),
  };
}

function alternatives(terms: (Term | "or")[]): Term[][] {
  const all: Term[][] = [[]];
  for (const term of terms) {
    if (term === "or") all.push([]);
    else all.at(-1)?.push(term);
  }
  return all.filter((some) => some.length > 0);
}

const written = ({ words }: Term) => `"${words.join(" ")}"`;

const [BEFORE, LENGTH] = [60, 220];

/** The part of a text around the first of the words, with all of them marked. */
export function excerpt(text: string, words: readonly string[]): HitPart[] {
  const found = [...text.matchAll(WORD)].filter(([word]) => words.includes(word.toLowerCase()));
  const start = startBefore(text, found[0]?.index ?? 0);
  const end = Math.min(text.length, start + LENGTH);
  const parts: HitPart[] = start > 0 ? [{ text: "…" }] : [];
  let at = start;
  for (const { 0: word, index } of found) {
    if (index + word.length > end) break;
    if (index > at) parts.push({ text: text.slice(at, index) });
    parts.push({ text: word, hit: true });
    at = index + word.length;
  }
  const rest = text.slice(at, end);
  if (rest) parts.push({ text: end < text.length ? `${rest.trimEnd()}…` : rest });
  else if (end < text.length) parts.push({ text: "…" });
  return parts;
}

/** Not in the middle of a word. */
function startBefore(text: string, at: number): number {
  if (at <= BEFORE) return 0;
  const space = text.indexOf(" ", at - BEFORE);
  return space >= 0 && space < at ? space + 1 : at;
}
