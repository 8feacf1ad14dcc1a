import { setTimeout as delay } from "node:timers/promises";
import { undoAll } from "../faults/cleanup.ts";
import { heradesk } from "./contestants.ts";
import { startDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { startLoad } from "./load-process.ts";
import { whole } from "./table.ts";
import { residentBytes } from "./usage.ts";

const AT_ONCE = 100;
const CHATS_PER_AGENT = 100;
const SETTLE_MS = 10_000;
/** So many first: what the program loads once is not the sockets'. */
const FIRST = 100;

/** Authenticated customer sockets in open chats that only wait: how long they take to open, and what each costs in memory. */
export async function benchIdle(sockets: number) {
  const database = await startDatabase();
  const { customers, agents, ...stand } = await heradesk(await database.empty("bench_idle"), sockets + FIRST, 1, {
    chatsPerAgent: CHATS_PER_AGENT,
  });
  const pid = stand.programs[0]?.pid ?? 0;
  const load = startLoad();
  const { dialect } = stand;
  await load.connect({ places: [...agents, ...customers.splice(0, FIRST)], dialect, atOnce: 10 });
  await delay(SETTLE_MS);
  const before = residentBytes(pid);
  const { opened, failures, reasons, ms } = await load.connect(
    { places: customers, dialect, atOnce: AT_ONCE },
    { failuresAllowed: true },
  );
  await delay(SETTLE_MS);
  const kilobytes = (residentBytes(pid) - before) / 1_000 / Math.max(1, opened);
  await undoAll();
  const seconds = ms / 1_000;
  console.log(
    `\nidle: ${whole(opened)} authenticated sockets opened and resumed in ${seconds.toFixed(1)} s, ${failures} failures ${reasons.join()}; ` +
      `${kilobytes.toFixed(1)} kB resident each, ${whole(before / 1e6)} MB without them`,
  );
  const goals = [
    goal(`seconds to open ${whole(sockets)} sockets`, seconds, { most: 60 }),
    goal("sockets that failed to open", failures, { most: 0 }),
    goal("kB resident for each idle socket", kilobytes, { most: 30 }),
  ];
  return { sockets, opened, failures, reasons, seconds, kilobytes, baseMegabytes: before / 1e6, goals };
}
