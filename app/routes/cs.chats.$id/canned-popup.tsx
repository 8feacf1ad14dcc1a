import { useEffect, useRef } from "react";
import type { CannedResponse } from "~/chat/shapes";
import { useStaffText } from "~/messages/staff-text";
import type { CannedChoice } from "./use-canned";

/** Above the text box, which keeps the focus. */
export function CannedPopup({ popup, fill }: { popup: CannedChoice; fill(content: string): string }) {
  const t = useStaffText();
  const { matches, query, active, listId } = popup;
  return (
    <div className="appear absolute inset-x-3 bottom-full z-20 mb-1 overflow-hidden rounded-lg border border-line bg-surface shadow">
      <p role="status" className="sr-only">
        {t("reply.canned.count", { count: matches.length })}
      </p>
      {matches.length === 0 ? (
        <p className="px-4 py-3 text-text-muted">
          {query ? t("reply.canned.none", { text: query }) : t("reply.canned.empty")}
        </p>
      ) : (
        <ul
          id={listId}
          role="listbox"
          aria-label={t("reply.canned.open")}
          className="max-h-[min(20rem,50vh)] overflow-y-auto p-1"
        >
          {matches.map((response, i) => (
            <Option
              key={response.id}
              id={`${listId}-${i}`}
              response={response}
              text={fill(response.content)}
              active={i === active}
              onPoint={() => popup.setActive(i)}
              onChoose={() => popup.choose(response)}
            />
          ))}
        </ul>
      )}
      {matches.length > 0 && (
        <p aria-hidden="true" className="border-t border-line px-4 py-1.5 text-xs text-text-muted max-md:hidden">
          {t("reply.canned.hint")}
        </p>
      )}
    </div>
  );
}

interface OptionProps {
  id: string;
  response: CannedResponse;
  text: string;
  active: boolean;
  onPoint(): void;
  onChoose(): void;
}

function Option({ id, response, text, active, onPoint, onChoose }: OptionProps) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <li
      ref={row}
      id={id}
      role="option"
      aria-selected={active}
      onPointerMove={active ? undefined : onPoint}
      // The caret must not leave the text box.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className="cursor-pointer rounded px-3 py-2 aria-selected:bg-accent-soft"
    >
      <span className="flex items-baseline gap-3">
        <span className="min-w-0 truncate font-medium">{response.title}</span>
        <span className="shrink-0 text-xs text-text-muted">/{response.shortcut}</span>
      </span>
      <span className={`block text-text-muted ${active ? "line-clamp-4 whitespace-pre-line" : "truncate"}`}>
        {text}
      </span>
    </li>
  );
}
