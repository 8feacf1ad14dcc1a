import type { CannedResponse } from "~/chat/shapes";

const MOST_SHOWN = 50;

type Searched = Pick<CannedResponse, "shortcut" | "title" | "content">;

/** Canned responses for what follows the slash, best first: by shortcut, then title, then text. */
export function matchCanned<C extends Searched>(canned: readonly C[], query: string): C[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return canned.slice(0, MOST_SHOWN);
  return canned
    .map((response) => ({ response, rank: rank(response, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_SHOWN)
    .map(({ response }) => response);
}

const NO_MATCH = 9;

function rank({ shortcut, title, content }: Searched, wanted: string): number {
  const name = title.toLowerCase();
  if (shortcut === wanted) return 0;
  if (shortcut.startsWith(wanted)) return 1;
  if (name.split(/\s+/).some((word) => word.startsWith(wanted)) || name.startsWith(wanted)) return 2;
  if (shortcut.includes(wanted)) return 3;
  if (name.includes(wanted)) return 4;
  return content.toLowerCase().includes(wanted) ? 5 : NO_MATCH;
}

/** The slash and what follows it, when the caret stands in one: at the start of a word, on one line. */
export function slashAt(text: string, caret: number): { from: number; query: string } | null {
  const found = /(?:^|\s)\/([^\n/]{0,40})$/.exec(text.slice(0, caret));
  if (!found) return null;
  const query = found[1] ?? "";
  return { from: caret - query.length - 1, query };
}
