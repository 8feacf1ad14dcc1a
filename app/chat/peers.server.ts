/** So often each instance says that it is there. */
export const HELLO_INTERVAL_MS = 5_000;
/** Four hellos: who was not heard for so long is gone. */
const FORGOTTEN_AFTER_MS = 4 * HELLO_INTERVAL_MS;
/** Who is there and is asked says so within milliseconds, or is in no state to listen. */
const ANSWERS_WITHIN_MS = 5_000;

let hears: () => boolean = () => false;
let silentSince = Infinity;

/**
 * Whether other instances are there to be told anything. A process that does not listen, that cannot hear just now, or that
 * has not listened for long enough, does not know: it takes for granted that they are.
 */
export const peers = {
  /** @param healthy whether this process hears others just now. @returns the way to stop. */
  listenFor(healthy: () => boolean) {
    hears = healthy;
    return () => {
      hears = () => false;
      silentSince = Infinity;
    };
  },

  /** What was not heard until now says nothing: the ear was shut. Everybody is being asked. */
  startOver() {
    silentSince = performance.now() - FORGOTTEN_AFTER_MS + ANSWERS_WITHIN_MS;
  },

  /** Somebody else was heard. */
  heard() {
    silentSince = performance.now();
  },

  none: () => hears() && performance.now() - silentSince > FORGOTTEN_AFTER_MS,
};
