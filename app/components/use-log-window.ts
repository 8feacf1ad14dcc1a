import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { Message } from "~/chat/shapes";

/** Rows in the page at most, and how many come or go at a time. */
const MOST = 300;
const STEP = 100;
/** So far from an edge the next rows are brought. */
const NEAR_PX = 600;
/** Readers of the page are not told about rows that only come back into view. */
const QUIET_MS = 300;

interface Options {
  messages: readonly Message[];
  box: RefObject<HTMLElement | null>;
  hasOlder: boolean;
  loadOlder?(): Promise<void>;
}

/**
 * Which part of a long log is in the page: its end, until its reader goes back. What is read stays where it is while rows
 * come at one side and go at the other.
 */
export function useLogWindow({ messages, box, hasOlder, loadOlder }: Options) {
  const [shown, setShown] = useState<{ count: number; last: number | null }>({ count: MOST / 2, last: null });
  const [paging, setPaging] = useState(false);
  const [failed, setFailed] = useState(false);
  const hold = useHold(box);
  const end = shown.last === null ? messages.length : messages.findLastIndex(({ seq }) => seq <= shown.last!) + 1;
  const begin = Math.max(0, end - shown.count);
  const older = begin > 0 || hasOlder;

  const back = useCallback(async () => {
    if (paging || !older) return;
    setPaging(true);
    try {
      if (begin === 0) await loadOlder?.();
      setFailed(false);
      hold();
      setShown(({ count, last }) => {
        if (count + STEP <= MOST) return { count: count + STEP, last };
        // Counted in the rows that were there: those that just came stand before them.
        return { count: MOST, last: messages[begin - STEP + MOST - 1]?.seq ?? last };
      });
    } catch {
      setFailed(true);
    }
    setTimeout(setPaging, QUIET_MS, false);
  }, [paging, older, begin, loadOlder, hold, messages]);

  const forth = useCallback(() => {
    if (shown.last === null) return;
    hold();
    setShown(({ count }) => ({ count, last: messages[end - 1 + STEP]?.seq ?? null }));
  }, [shown.last, hold, messages, end]);

  useEffect(() => {
    const log = box.current;
    if (!log) return;
    // The log starts at its end: there, scrollTop is 0, and further back it is negative.
    const look = () => {
      if (!failed && -log.scrollTop > log.scrollHeight - log.clientHeight - NEAR_PX && log.scrollTop < 0) void back();
      else if (-log.scrollTop < NEAR_PX / 2) forth();
    };
    // Somebody quick is at the edge already when the rows before have arrived.
    look();
    log.addEventListener("scroll", look, { passive: true });
    return () => log.removeEventListener("scroll", look);
  }, [box, back, forth, failed]);

  // The same list as long as it holds the same: what is typed below a long log draws none of its rows again.
  const visible = useMemo(
    () => (begin === 0 && end === messages.length ? messages : messages.slice(begin, end)),
    [messages, begin, end],
  );
  return {
    visible,
    /** Whether the end of the log is in the page. */
    atEnd: shown.last === null,
    older,
    paging,
    failed,
    back,
    toEnd: () => setShown({ count: MOST / 2, last: null }),
  };
}

/** Remembers where a row in view stands, and puts it back there after the next change. */
function useHold(box: RefObject<HTMLElement | null>) {
  const held = useRef<{ row: Element; top: number } | null>(null);
  useLayoutEffect(() => {
    if (!held.current || !box.current) return;
    const { row, top } = held.current;
    held.current = null;
    if (row.isConnected) box.current.scrollTop += row.getBoundingClientRect().top - top;
  });
  return useCallback(() => {
    const edge = box.current?.getBoundingClientRect();
    if (!edge) return;
    const rows = [...box.current!.querySelectorAll("li[data-seq]")];
    const row = rows.find((one) => one.getBoundingClientRect().bottom > edge.top);
    if (row) held.current = { row, top: row.getBoundingClientRect().top };
  }, [box]);
}
