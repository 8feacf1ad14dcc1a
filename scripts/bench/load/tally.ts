import { build, type Histogram } from "hdr-histogram-js";
import { setTimeout as delay } from "node:timers/promises";
import type { Crowd } from "./crowd.ts";
import type { Seat } from "./seat.ts";

/** What has not been seen so long after the last send is lost. */
const GRACE_MS = 10_000;

/** Milliseconds. */
export interface Latency {
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

export interface Figures {
  seconds: number;
  /** The whole run, warm-up included: nothing of it may be lost. */
  sent: number;
  acked: number;
  seen: number;
  refused: number;
  lost: number;
  twice: number;
  /** Acknowledgements that came in the measured time. */
  perSecond: number;
  /** Of what was due in the measured time: from then to the acknowledgement, and to the agent. */
  ack: Latency;
  toAgent: Latency;
  /** How late the load itself was. */
  late: Latency;
}

export type Tally = ReturnType<typeof openTally>;

let count = 0;

/** Who was sent when, and what came of it. Numbers go on over the runs: each message has its own name. */
export function openTally(crowd: Crowd, onAnswer: (by: Seat) => void = () => {}) {
  const first = count;
  const [ack, toAgent, late] = [histogram(), histogram(), histogram()];
  const dueAt: number[] = [];
  const seenTimes: number[] = [];
  const sum = { acked: 0, ackedInTime: 0, seen: 0, refused: 0, twice: 0 };
  let [from, to] = [Infinity, Infinity];
  let [beganAt, endedAt] = [0, 0];

  const record = (into: Histogram, i: number, since: number) => {
    if (i >= from && i < to) into.recordValue(Math.max(1, Math.round((performance.now() - since) * 1_000)));
  };
  crowd.ears.acked = (n, by) => {
    const due = dueAt[n - first];
    if (due === undefined) return;
    sum.acked++;
    if (beganAt > 0 && endedAt === 0) sum.ackedInTime++;
    record(ack, n - first, due);
    onAnswer(by);
  };
  crowd.ears.seen = (n) => {
    const due = dueAt[n - first];
    if (due === undefined) return;
    const times = (seenTimes[n - first] ?? 0) + 1;
    seenTimes[n - first] = times;
    if (times > 1) return void sum.twice++;
    sum.seen++;
    record(toAgent, n - first, due);
  };
  crowd.ears.refused = (n, by) => {
    if (dueAt[n - first] === undefined) return;
    sum.refused++;
    onAnswer(by);
  };

  return {
    send(by: Seat, due: number) {
      record(late, dueAt.length, due);
      dueAt.push(due);
      seenTimes.push(0);
      by.send(count++);
    },
    begin() {
      from = dueAt.length;
      beganAt = performance.now();
    },
    end() {
      to = dueAt.length;
      endedAt = performance.now();
    },
    /** Waits for the last ones. */
    async figures(): Promise<Figures> {
      const open = () => sum.seen < sum.acked || sum.acked + sum.refused < dueAt.length;
      for (const until = performance.now() + GRACE_MS; open() && performance.now() < until;) await delay(10);
      Object.assign(crowd.ears, { acked() {}, seen() {}, refused() {} });
      const seconds = (endedAt - beganAt) / 1_000;
      const { ackedInTime, ...sums } = sum;
      const lost = dueAt.length - sum.refused - sum.seen;
      const latencies = { ack: latencyOf(ack), toAgent: latencyOf(toAgent), late: latencyOf(late) };
      return { seconds, sent: dueAt.length, ...sums, lost, perSecond: ackedInTime / seconds, ...latencies };
    },
  };
}

const histogram = () =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: 3 });

function latencyOf(h: Histogram): Latency {
  const at = (p: number) => h.getValueAtPercentile(p) / 1_000;
  return { p50: at(50), p90: at(90), p99: at(99), max: h.maxValue / 1_000 };
}
