import type { Timings } from "./timings";

type Bounds = Pick<Timings, "backoffBaseMs" | "backoffCapMs" | "random">;

/** Full jitter: anywhere between nothing and a ceiling that doubles with each attempt (0, 1, …), so that a crowd spreads out. */
export function backoffMs(attempt: number, { backoffBaseMs, backoffCapMs, random }: Bounds): number {
  return random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** Math.min(attempt, 30));
}
