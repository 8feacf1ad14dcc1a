import { Fragment } from "react";
import { Marked } from "./marked";

// Addresses end where text begins again: closing punctuation is left out, a bracket is kept when it was opened inside.
const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"'`\u0000-\u001f]{1,2000}/gi;

/** Text whose http, https and mailto addresses can be followed. Everything else stays text; `words` stand out in it. */
export function Linkify({ text, words }: { text: string; words?: readonly string[] }) {
  return parts(text).map((part, i) =>
    part.href ? (
      <a
        key={i}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="underline underline-offset-2 hover:no-underline"
      >
        <Marked text={part.text} words={words} />
      </a>
    ) : (
      <Fragment key={i}>
        <Marked text={part.text} words={words} />
      </Fragment>
    ),
  );
}

/** "see https://a.b/c." -> ["see ", { href }, "."] */
export function parts(text: string): { text: string; href?: string }[] {
  const found: { text: string; href?: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = safeHref(address);
    if (!href) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

function trimmed(address: string): string {
  let end = address.length;
  // Asked once: text made of brackets would else take the square of its length.
  const [round, square] = [address.indexOf("("), address.indexOf("[")];
  const opened = (at: number) => at !== -1 && at < end - 1;
  while (end > 0) {
    const last = address[end - 1] ?? "";
    if (/[.,;:!?*_~]/.test(last)) end--;
    else if (last === ")" && !opened(round)) end--;
    else if (last === "]" && !opened(square)) end--;
    else break;
  }
  return address.slice(0, end);
}

function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
