import { pagesOf, type Cast } from "./cast.ts";
import { pick, type Random } from "./random.ts";

let count = 0;

/** Everybody talks, by chance and by the seed, `perSecond` messages together. @returns how to stop, and how many there were. */
export function startTraffic(cast: Cast, random: Random, perSecond: number) {
  const started = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) / 1_000) * perSecond);
    for (; sent < due; sent++) {
      const page = pick(random, pagesOf(cast));
      const chats = page.open().filter((c) => c.getSnapshot().ended === null);
      if (chats.length > 0) page.say(pick(random, chats).sessionId, `${page.id} message ${++count}`);
    }
  }, 5);
  return {
    stop() {
      clearInterval(timer);
      return sent;
    },
  };
}
