import type { Timings } from "./timings";

/**
 * Tells the other side that we type: once in a while as long as it goes on, and when it stopped. A preview is told again
 * as soon as it may be, with the newest text.
 */
export function tellTyping(tell: (isTyping: boolean, preview?: string) => void, timings: Timings) {
  let told = -Infinity;
  let toldPreview: string | undefined;
  let newest: string | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;

  function set(isTyping: boolean, preview?: string): void {
    clearTimeout(idle);
    if (isTyping) {
      newest = preview;
      idle = setTimeout(set, timings.typingIdleMs, false);
      if (timings.now() - told >= timings.typingRepeatMs) say();
      else if (newest !== toldPreview) next ??= setTimeout(say, timings.previewPauseMs);
    } else if (told > -Infinity) {
      clearTimeout(next);
      next = undefined;
      told = -Infinity;
      tell(false);
    }
  }

  function say(): void {
    clearTimeout(next);
    next = undefined;
    told = timings.now();
    toldPreview = newest;
    tell(true, newest);
  }

  return {
    set,
    stop(): void {
      clearTimeout(idle);
      clearTimeout(next);
    },
  };
}

/** Believes that the other side types until it says otherwise, or falls silent. */
export function hearTyping(show: (isTyping: boolean, preview: string) => void, timings: Timings) {
  let silence: ReturnType<typeof setTimeout> | undefined;

  function hear(isTyping: boolean, preview = ""): void {
    clearTimeout(silence);
    if (isTyping) silence = setTimeout(hear, timings.peerTypingMs, false);
    show(isTyping, isTyping ? preview : "");
  }

  return { hear, stop: () => clearTimeout(silence) };
}
