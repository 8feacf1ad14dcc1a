import type { Timings } from "./timings";

/** Tells the other side that we type: once in a while as long as it goes on, and when it stopped. */
export function tellTyping(tell: (isTyping: boolean) => void, timings: Timings) {
  let told = -Infinity;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function set(isTyping: boolean): void {
    clearTimeout(idle);
    if (isTyping) {
      idle = setTimeout(set, timings.typingIdleMs, false);
      if (timings.now() - told < timings.typingRepeatMs) return;
      told = timings.now();
      tell(true);
    } else if (told > -Infinity) {
      told = -Infinity;
      tell(false);
    }
  }

  return { set, stop: () => clearTimeout(idle) };
}

/** Believes that the other side types until it says otherwise, or falls silent. */
export function hearTyping(show: (isTyping: boolean) => void, timings: Timings) {
  let silence: ReturnType<typeof setTimeout> | undefined;

  function hear(isTyping: boolean): void {
    clearTimeout(silence);
    if (isTyping) silence = setTimeout(hear, timings.peerTypingMs, false);
    show(isTyping);
  }

  return { hear, stop: () => clearTimeout(silence) };
}
