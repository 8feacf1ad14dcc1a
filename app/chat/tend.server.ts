import { setTimeout as delay } from "node:timers/promises";
import { sweepRateLimits } from "~/auth/rate-limit.server";
import { log } from "~/log.server";
import { markIdleAway, noteLostAgents, noticeComingsAndGoings, sweepLeases } from "~/people/attendance.server";
import { endIdleChats } from "./idle-chats.server";
import { returnAbandoned, returnUnanswered } from "./return-chats.server";
import { serveQueue } from "./serve-queue.server";

const TICK_MS = 1_000;
const SWEEP_MS = 60_000;

const STEPS = [noticeComingsAndGoings, noteLostAgents, returnAbandoned, returnUnanswered, markIdleAway, endIdleChats];

/**
 * What has to happen although nobody did anything: agents who are gone, silence, time that ran out. Every instance tends;
 * each step is a conditional update, so that it happens once whoever comes first. By the database's clock alone. The queue
 * is served beside it: whatever holds up a step, and whatever died before it served, nobody waits for more than a moment.
 * @returns stop
 */
export function startTending(): () => Promise<void> {
  const stopping = new AbortController();
  const loops = [
    every(TICK_MS, tendOnce, stopping.signal),
    every(TICK_MS, serveQueue, stopping.signal),
    every(SWEEP_MS, sweep, stopping.signal),
  ];
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}

/** One step that fails keeps none of the others from their work. */
export async function tendOnce(): Promise<void> {
  for (const step of STEPS) await step().catch(failed);
}

async function sweep() {
  await Promise.all([sweepLeases(), sweepRateLimits()]);
}

async function every(ms: number, work: () => Promise<void>, signal: AbortSignal) {
  while (!signal.aborted) {
    // Instances that started together do not look together.
    await delay(ms * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {});
    if (!signal.aborted) await work().catch(failed);
  }
}

const failed = (error: unknown) => log().warn({ error: String(error) }, "tending failed");
