import { setTimeout as delay } from "node:timers/promises";
import { sweepRateLimits } from "~/auth/rate-limit.server";
import { log } from "~/log.server";
import { markIdleAway, noteLostAgents, noticeComingsAndGoings, sweepLeases } from "~/people/attendance.server";
import { endIdleChats } from "./idle-chats.server";
import { returnAbandoned, returnUnanswered } from "./return-chats.server";
import { serveQueue } from "./serve-queue.server";

const TICK_MS = 1_000;
const ROUNDS_BETWEEN_SWEEPS = 60;

/**
 * What has to happen although nobody did anything: agents who are gone, silence, time that ran out. Every instance tends;
 * each step is a conditional update, so that it happens once whoever comes first. By the database's clock alone.
 * @returns stop
 */
export function startTending(): () => Promise<void> {
  const stopping = new AbortController();
  const run = (async () => {
    for (let round = 1; !stopping.signal.aborted; round++) {
      try {
        // Instances that started together do not look together.
        await delay(TICK_MS * (0.75 + Math.random() / 2), undefined, { signal: stopping.signal });
        await tendOnce();
        if (round % ROUNDS_BETWEEN_SWEEPS === 0) await Promise.all([sweepLeases(), sweepRateLimits()]);
      } catch (error) {
        if (!stopping.signal.aborted) log().warn({ error: String(error) }, "tending failed");
      }
    }
  })();
  return async () => {
    stopping.abort();
    await run;
  };
}

export async function tendOnce(): Promise<void> {
  await noticeComingsAndGoings();
  await noteLostAgents();
  await returnAbandoned();
  await returnUnanswered();
  await markIdleAway();
  await endIdleChats();
  // A step that died between its commit and serving must not leave anybody waiting.
  await serveQueue();
}
