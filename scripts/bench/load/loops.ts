import { setTimeout as delay } from "node:timers/promises";
import type { Crowd } from "./crowd.ts";
import { startPacer } from "./pacer.ts";
import { openTally, type Figures } from "./tally.ts";

const WARM_UP_SECONDS = 1.5;
/** Sends that lie closer together than this go together. */
const FINEST_GRID_MS = 0.25;

/** Each of the first `customers` sends, waits for the acknowledgement, sends again. */
export async function closedLoop(crowd: Crowd, customers: number, seconds: number): Promise<Figures> {
  let going = true;
  const tally = openTally(crowd, (by) => going && tally.send(by, performance.now()));
  for (const customer of crowd.customers().slice(0, customers)) tally.send(customer, performance.now());
  await delay(WARM_UP_SECONDS * 1_000);
  tally.begin();
  await delay(seconds * 1_000);
  tally.end();
  going = false;
  return tally.figures();
}

/**
 * Sends by the clock whatever comes back, and counts from when each send was due: what has to wait is slow, also when it
 * waits on our side.
 */
export async function openLoop(crowd: Crowd, customers: number, perSecond: number, seconds: number): Promise<Figures> {
  const tally = openTally(crowd);
  const speakers = crowd.customers().slice(0, customers);
  const warm = Math.round(WARM_UP_SECONDS * perSecond);
  const total = warm + Math.round(seconds * perSecond);
  const gridMs = Math.max(FINEST_GRID_MS, 1_000 / perSecond);
  const dueIn = (i: number) => Math.ceil((i * 1_000) / perSecond / gridMs) * gridMs;
  let i = 0;
  await new Promise<void>((resolve) => {
    const pacer = startPacer(gridMs, () => {
      for (const now = performance.now(); i < total && pacer.startedAt + dueIn(i) <= now; i++) {
        if (i === warm) tally.begin();
        const speaker = speakers[i % speakers.length];
        if (speaker) tally.send(speaker, pacer.startedAt + dueIn(i));
      }
      if (i < total) return;
      pacer.stop();
      resolve();
    });
  });
  tally.end();
  return tally.figures();
}
