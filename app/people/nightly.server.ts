import { setTimeout as delay } from "node:timers/promises";
import { log } from "~/log.server";
import { nightlyOnce } from "./retention.server";

const LOOK_MS = 60_000;

/** Looks every minute whether the night's work is due. @returns stop, which waits for a batch that is under way */
export function startNightly(): () => Promise<void> {
  const stopping = new AbortController();
  const run = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await delay(LOOK_MS * (0.75 + Math.random() / 2), undefined, { signal: stopping.signal });
        await nightlyOnce();
      } catch (error) {
        if (!stopping.signal.aborted) log().warn({ error: String(error) }, "the night's work failed");
      }
    }
  })();
  return async () => {
    stopping.abort();
    await run;
  };
}
