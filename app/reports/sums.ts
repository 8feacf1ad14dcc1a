import type { Figures, Spread } from "./shapes";

interface BegunColumns {
  agent: (number | null)[];
  waiting: (number | null)[];
  firstReply: (number | null)[];
}

interface EndedColumns {
  agent: (number | null)[];
  abandoned: number[];
  resolution: (number | null)[];
  rating: (number | null)[];
}

export type Sums = ReturnType<typeof openSums>;

/** What figures are made of, while chats are still being added. Times in milliseconds. */
export function openSums() {
  return {
    started: 0,
    ended: 0,
    abandoned: 0,
    rated: 0,
    stars: 0,
    waiting: [] as number[],
    firstReply: [] as number[],
    resolution: [] as number[],
  };
}

/** Of a range, from those of its days. */
export const together = (all: Sums[]): Sums => ({
  started: total(all, "started"),
  ended: total(all, "ended"),
  abandoned: total(all, "abandoned"),
  rated: total(all, "rated"),
  stars: total(all, "stars"),
  waiting: new Array<number>().concat(...all.map((one) => one.waiting)),
  firstReply: new Array<number>().concat(...all.map((one) => one.firstReply)),
  resolution: new Array<number>().concat(...all.map((one) => one.resolution)),
});

const total = (all: Sums[], what: "started" | "ended" | "abandoned" | "rated" | "stars") =>
  all.reduce((sum, one) => sum + one[what], 0);

export function addAll(sums: Sums, begun: BegunColumns, ended: EndedColumns): void {
  begun.agent.forEach((_, i) => addBegun(sums, begun, i));
  ended.agent.forEach((_, i) => addEnded(sums, ended, i));
}

export function addByAgent(sumsOf: (csId: number) => Sums, begun: BegunColumns, ended: EndedColumns): void {
  begun.agent.forEach((agent, i) => agent !== null && addBegun(sumsOf(agent), begun, i));
  ended.agent.forEach((agent, i) => agent !== null && addEnded(sumsOf(agent), ended, i));
}

function addBegun(sums: Sums, { waiting, firstReply }: BegunColumns, i: number) {
  sums.started++;
  const [waited, replied] = [waiting[i] ?? null, firstReply[i] ?? null];
  if (waited !== null) sums.waiting.push(waited);
  if (replied !== null) sums.firstReply.push(replied);
}

function addEnded(sums: Sums, { abandoned, resolution, rating }: EndedColumns, i: number) {
  sums.ended++;
  sums.abandoned += abandoned[i] ?? 0;
  const [lasted, stars] = [resolution[i] ?? null, rating[i] ?? null];
  if (lasted !== null) sums.resolution.push(lasted);
  if (stars === null) return;
  sums.rated++;
  sums.stars += stars;
}

export function figuresOf(sums: Sums): Figures {
  return {
    started: sums.started,
    ended: sums.ended,
    abandoned: sums.abandoned,
    waiting: spreadOf(sums.waiting),
    firstReply: spreadOf(sums.firstReply),
    resolution: spreadOf(sums.resolution),
    rating: sums.rated > 0 ? sums.stars / sums.rated : null,
    rated: sums.rated,
  };
}

function spreadOf(times: number[]): Spread {
  const sorted = new Float64Array(times).sort();
  return { median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}

/** Between two neighbours in proportion, as percentile_cont has it. Seconds. */
function quantile(sorted: Float64Array, share: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * share;
  const [below = 0, above = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return (below + (above - below) * (place - Math.floor(place))) / 1_000;
}
