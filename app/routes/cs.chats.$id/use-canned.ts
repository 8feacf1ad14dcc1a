import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import type { CannedResponse } from "~/chat/shapes";
import { matchCanned, slashAt } from "./match-canned";

interface Options {
  canned: readonly CannedResponse[];
  text: string;
  setText(text: string): void;
  input: RefObject<HTMLTextAreaElement | null>;
  fill(content: string): string;
  onUse(id: number): void;
}

export type CannedChoice = ReturnType<typeof useCanned>;

/** The list that a slash opens at the caret. The keyboard stays in the text box: arrows choose, Enter inserts, Escape closes. */
export function useCanned({ canned, text, setText, input, fill, onUse }: Options) {
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const slash = slashAt(text, Math.min(caret, text.length));
  const matches = slash ? matchCanned(canned, slash.query) : [];
  // "/orders/8841 is late" is no search: once words follow and nothing matches, it is text.
  const open = slash !== null && slash.from !== closedAt && (matches.length > 0 || !slash.query.includes(" "));
  const chosen = Math.min(active, matches.length - 1);

  const moved = () => {
    const at = input.current?.selectionStart ?? 0;
    setCaret(at);
    if (!slashAt(input.current?.value ?? "", at)) setClosedAt(null);
  };
  const choose = (response: CannedResponse | undefined) => {
    if (!response || !slash) return;
    insert(input.current, slash.from, caret, fill(response.content), setText);
    setActive(0);
    onUse(response.id);
  };
  // A slash alone was only the way in.
  const close = ({ from, query }: NonNullable<typeof slash>) =>
    query ? setClosedAt(from) : insert(input.current, from, from + 1, "", setText);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") close(slash);
    else if (matches.length === 0) return;
    else if (event.key === "ArrowDown") setActive((chosen + 1) % matches.length);
    else if (event.key === "ArrowUp") setActive((chosen - 1 + matches.length) % matches.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(matches[chosen]);
    else return void setActive(0);
    event.preventDefault();
  };
  return {
    open,
    listId,
    matches,
    query: slash?.query ?? "",
    active: chosen,
    setActive,
    choose,
    onKeyDown,
    onText(next: string) {
      moved();
      setText(next);
    },
    /** As if a slash were typed: for the button. */
    begin() {
      const box = input.current;
      if (!box) return;
      const before = box.value.slice(0, box.selectionStart);
      setClosedAt(null);
      insert(box, box.selectionStart, box.selectionEnd, /(^|\s)$/.test(before) ? "/" : " /", setText);
    },
    inputProps: {
      onSelect: moved,
      "aria-autocomplete": "list" as const,
      "aria-controls": open ? listId : undefined,
      "aria-activedescendant": open && matches.length > 0 ? `${listId}-${chosen}` : undefined,
    },
  };
}

/** What comes from the command bar goes where the caret is. */
export function insertAtCaret(box: HTMLTextAreaElement | null, text: string, setText: (text: string) => void) {
  if (box) insert(box, box.selectionStart, box.selectionEnd, text, setText);
}

/** As typed by hand, so that Undo takes it back; where a browser cannot, the text is simply set. */
function insert(
  box: HTMLTextAreaElement | null,
  from: number,
  to: number,
  text: string,
  setText: (text: string) => void,
) {
  if (!box) return;
  box.focus();
  box.setSelectionRange(from, to);
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  setText(box.value.slice(0, from) + text + box.value.slice(to));
}
