import { setTimeout as delay } from "node:timers/promises";
import { undoAll } from "../faults/cleanup.ts";
import { heradesk } from "./contestants.ts";
import { startDatabase } from "./database.ts";
import { startLoad } from "./load-process.ts";
import { whole } from "./table.ts";
import { residentBytes } from "./usage.ts";

const AT_ONCE = 200;
const SETTLE_MS = 5_000;

/** Authenticated customer sockets that only wait: how long they take to open, and what each costs in memory. */
export async function runIdle(sockets: number) {
  const database = await startDatabase();
  const stand = await heradesk(await database.empty("bench_idle"), sockets, 1);
  const customers = stand.places.filter((place) => place.chat !== null);
  const pid = stand.programs[0]?.pid ?? 0;
  const load = startLoad();
  // A few first, so that what the program loads once is not counted to the sockets.
  await load.connect({ places: customers.slice(0, 100), dialect: stand.dialect, atOnce: 20 });
  await delay(SETTLE_MS);
  const before = residentBytes(pid);
  const { opened, failures, ms } = await load.connect({ places: customers, dialect: stand.dialect, atOnce: AT_ONCE });
  await delay(SETTLE_MS);
  const bytes = (residentBytes(pid) - before) / Math.max(1, opened);
  console.log(
    `\n${whole(opened)} authenticated sockets in ${(ms / 1_000).toFixed(1)} s, ${failures} failures (wanted ≤ 60 s, 0); ` +
      `${(bytes / 1_000).toFixed(1)} kB resident each (wanted ≤ 30)`,
  );
  await load.stop();
  await undoAll();
  return { opened, failures, ms, bytesPerSocket: bytes };
}
