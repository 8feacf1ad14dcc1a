import { pagesOf, type Cast } from "./cast.ts";
import { openCustomerPage } from "./page.ts";
import { pick } from "./random.ts";
import type { Recorder } from "./recorder.ts";
import type { World } from "./world.ts";

/** One send in so many is followed by pressing F5. */
const RELOAD_ONE_IN = 60;

/** Nobody goes on writing above so many texts that do not leave. */
const MOST_UNSENT = 25;

let count = 0;

/** Everybody talks, by chance and by the seed, `perSecond` messages together; customers reload now and then. */
export function startTraffic(
  world: World,
  record: Recorder,
  cast: Cast,
  { perSecond, textBytes }: { perSecond: number; textBytes: number },
) {
  const { random } = world;
  const started = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) / 1_000) * perSecond);
    for (; sent < due; sent++) saySomething();
  }, 5);

  function saySomething() {
    const page = pick(random, pagesOf(cast));
    const chats = page.open().filter((c) => {
      const { ended, pending } = c.getSnapshot();
      return ended === null && pending.length < MOST_UNSENT && c.sessionId !== cast.quiet;
    });
    if (chats.length === 0) return;
    page.say(pick(random, chats).sessionId, `${page.id} message ${++count}`.padEnd(textBytes, " ."));
    // Only after a send: where nothing leaves, pages that load whole chats again would keep it so.
    if (random() < 1 / RELOAD_ONE_IN) reload(Math.floor(random() * cast.customers.length));
  }

  function reload(index: number) {
    const page = cast.customers[index];
    if (!page) return;
    page.close();
    cast.customers[index] = openCustomerPage(
      world,
      record,
      { ...page.person, chat: page.chat },
      {
        storage: page.storage,
        screen: `/reload${++count}`,
      },
    );
  }

  return { stop: () => clearInterval(timer) };
}
