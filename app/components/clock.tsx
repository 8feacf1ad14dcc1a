import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from "react";

const TICK_MS = 1_000;

interface Clock {
  subscribe(tick: () => void): () => void;
  now(): number;
  /** What it was when the page was made: the first render in the browser repeats it. */
  start: number;
}

const ClockContext = createContext<Clock>(clockFrom(0));

/**
 * One clock for everything that ticks on a page. It runs from the server's time, so that a wait is right on a computer
 * whose own clock is wrong.
 */
export function ClockProvider({ now, children }: { now: string; children: ReactNode }) {
  const [clock] = useState(() => clockFrom(Date.parse(now)));
  return <ClockContext.Provider value={clock}>{children}</ClockContext.Provider>;
}

/** What `read` makes of the time now, in milliseconds; redraws only when that changes. */
export function useTicking(read: (now: number) => string): string {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(
    clock.subscribe,
    () => read(clock.now()),
    () => read(clock.start),
  );
}

function clockFrom(start: number): Clock {
  const offset = start - Date.now();
  const waiting = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = start;
  const tick = () => {
    now = Date.now() + offset;
    waiting.forEach((redraw) => redraw());
  };
  return {
    start,
    now: () => now,
    subscribe(redraw) {
      if (!timer) now = Date.now() + offset;
      waiting.add(redraw);
      timer ??= setInterval(tick, TICK_MS);
      return () => {
        waiting.delete(redraw);
        if (waiting.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
