import type { Load } from "./load-process.ts";

const P99_LIMIT_MS = 50;
const STEP = 1.25;
const STEP_SECONDS = 3;

export interface Knee {
  perSecond: number;
  /** What stopped it. */
  then: string;
}

/** The highest rate with p99 < 50 ms from sending to being seen, nothing lost and nothing refused. */
export async function findKnee(load: Load, from: number, limit: number): Promise<Knee> {
  let held = 0;
  for (let rate = from; rate <= limit; rate = Math.round(rate * STEP)) {
    const figures = await load.open(rate, STEP_SECONDS);
    const kept = figures.sent / figures.seconds;
    const why =
      figures.lost > 0
        ? `${figures.lost} lost`
        : figures.refused > 0
          ? `${figures.refused} refused`
          : figures.seenBy.p99 >= P99_LIMIT_MS
            ? `p99 ${figures.seenBy.p99.toFixed(0)} ms`
            : kept < rate * 0.95
              ? `the load process sends only ${kept.toFixed(0)}/s`
              : null;
    if (why) return { perSecond: held, then: `at ${rate}/s: ${why}` };
    held = rate;
  }
  return { perSecond: held, then: "no limit found" };
}
