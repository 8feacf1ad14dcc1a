import type { Timings } from "./timings";

type Bounds = Pick<Timings, "backoffBaseMs" | "backoffCapMs" | "random">;

/** Full jitter: anywhere between nothing and a ceiling that doubles with each attempt (0, 1, …), so that a crowd spreads out. */
export function backoffMs(attempt: number, { backoffBaseMs, backoffCapMs, random }: Bounds): number {
  return random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** Math.min(attempt, 30));
}

/** How long to stay away after a connection closed with this code. */
export function waitMs(code: number, attempt: number, timings: Timings): number {
  const backoff = backoffMs(attempt, timings);
  if (code === 1013 || code === 1008) return timings.overloadedMs * (1 + timings.random()) + backoff;
  if (code === 4009) return timings.replacedMs * (1 + timings.random());
  return backoff;
}
