import { build, type Histogram } from "hdr-histogram-js";
import { setTimeout as delay } from "node:timers/promises";
import type { Crowd } from "./crowd.ts";
import type { Seat } from "./seat.ts";

/** So long after the last send we stop waiting. */
const GRACE_MS = 10_000;
const [ACKED, SEEN, REFUSED] = [1, 2, 4];

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
  /** Acknowledged, and not shown to the agent. */
  lost: number;
  /** Neither acknowledged nor refused when we stopped waiting; they count in the latencies as what they had waited by then. */
  unanswered: number;
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
  const states: number[] = [];
  let [from, to] = [Infinity, Infinity];
  let [beganAt, endedAt] = [0, 0];
  let [answered, seen, ackedInTime, twice] = [0, 0, 0, 0];

  const record = (into: Histogram, i: number) => {
    if (i < from || i >= to) return;
    into.recordValue(Math.max(1, Math.round((performance.now() - (dueAt[i] ?? 0)) * 1_000)));
  };
  /** @returns false for somebody else's message, and for what we knew. */
  const mark = (i: number, state: number) => {
    const before = states[i];
    if (before === undefined || before & state) return false;
    states[i] = before | state;
    return true;
  };
  crowd.ears.acked = (n, by) => {
    if (!mark(n - first, ACKED)) return;
    answered++;
    if (beganAt > 0 && endedAt === 0) ackedInTime++;
    record(ack, n - first);
    onAnswer(by);
  };
  crowd.ears.seen = (n) => {
    if (n < first) return;
    if (!mark(n - first, SEEN)) return void twice++;
    seen++;
    record(toAgent, n - first);
  };
  crowd.ears.refused = (n, by) => {
    if (!mark(n - first, REFUSED)) return;
    answered++;
    onAnswer(by);
  };

  return {
    send(by: Seat, due: number) {
      dueAt.push(due);
      states.push(0);
      record(late, dueAt.length - 1);
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
      const isOpen = () => answered < dueAt.length || seen < dueAt.length - refused();
      const refused = () => states.filter((state) => state & REFUSED).length;
      for (const until = performance.now() + GRACE_MS; isOpen() && performance.now() < until;) await delay(20);
      Object.assign(crowd.ears, { acked() {}, seen() {}, refused() {} });
      states.forEach((state, i) => {
        if (!(state & (ACKED | REFUSED))) record(ack, i);
        if (!(state & (SEEN | REFUSED))) record(toAgent, i);
      });
      const seconds = (endedAt - beganAt) / 1_000;
      const those = (wanted: (state: number) => unknown) => states.filter(wanted).length;
      return {
        seconds,
        sent: dueAt.length,
        acked: those((state) => state & ACKED),
        seen,
        refused: refused(),
        lost: those((state) => state & ACKED && !(state & SEEN)),
        unanswered: those((state) => !(state & (ACKED | REFUSED))),
        twice,
        perSecond: ackedInTime / seconds,
        ack: latencyOf(ack),
        toAgent: latencyOf(toAgent),
        late: latencyOf(late),
      };
    },
  };
}

const histogram = () =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: 3 });

function latencyOf(h: Histogram): Latency {
  const at = (p: number) => h.getValueAtPercentile(p) / 1_000;
  return { p50: at(50), p90: at(90), p99: at(99), max: h.maxValue / 1_000 };
}
