import type { Load } from "./load-process.ts";

const P99_LIMIT_MS = 50;
const START = 500;
const LIMIT = 64_000;
const STEP_SECONDS = 4;
/** The rate is known to within this share when the search ends. */
const PRECISION = 0.06;

export interface Knee {
  /** The highest rate that was held. */
  perSecond: number;
  /** What happened at the lowest that was not. */
  then: string;
}

/** The highest rate with p99 < 50 ms to the acknowledgement and to the agent, nothing lost and nothing refused: doubled until it breaks, then halved in between. */
export async function findKnee(load: Load, customers: number): Promise<Knee> {
  let [held, broken, then] = [0, Infinity, "no limit found"];
  for (let rate = START; rate <= LIMIT && (broken === Infinity || broken - held > PRECISION * broken);) {
    const why = (await whyNot(load, customers, rate)) && (await whyNot(load, customers, rate));
    if (why) [broken, then] = [rate, `at ${rate}/s: ${why}`];
    else held = rate;
    rate = broken === Infinity ? rate * 2 : Math.round((held + broken) / 2);
  }
  return { perSecond: held, then };
}

/** Null when the rate was held. */
async function whyNot(load: Load, customers: number, perSecond: number): Promise<string | null> {
  const figures = await load.open({ customers, perSecond, seconds: STEP_SECONDS });
  const { lost, refused, unanswered, ack, toAgent } = figures;
  const worst = Math.max(ack.p99, toAgent.p99);
  if (lost > 0) return `${lost} lost`;
  if (unanswered > 0) return `${unanswered} unanswered`;
  if (refused > 0) return `${refused} refused`;
  return worst >= P99_LIMIT_MS ? `p99 ${worst.toFixed(0)} ms` : null;
}
