import { setTimeout as delay } from "node:timers/promises";
import { build, type Histogram } from "hdr-histogram-js";
import type { Crowd, Customer } from "./crowd.ts";

/** Arrivals lie on a grid this fine, so that the clock of the timers is not mistaken for the contestant's. */
const GRID_MS = 2;
const WARM_UP_SECONDS = 1.5;
/** What has not been seen so long after the last send is lost. */
const GRACE_MS = 5_000;

export interface Latency {
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

export interface Figures {
  seconds: number;
  sent: number;
  acked: number;
  seen: number;
  refused: number;
  lost: number;
  /** With warm-up. */
  everSeen: number;
  perSecond: number;
  ack: Latency;
  seenBy: Latency;
}

let count = 0;

/** Each customer sends, waits for the acknowledgement, sends again. */
export async function closedLoop(crowd: Crowd, seconds: number): Promise<Figures> {
  const book = openBook(crowd);
  const waiting = new Map<number, Customer>();
  let going = true;
  const send = (customer: Customer) => {
    const n = book.sent(performance.now());
    waiting.set(n, customer);
    customer.send(n);
  };
  book.onAnswer = (n) => {
    const customer = waiting.get(n);
    waiting.delete(n);
    if (customer && going) send(customer);
  };
  for (const customer of crowd.customers()) send(customer);
  await delay(WARM_UP_SECONDS * 1_000);
  book.begin();
  await delay(seconds * 1_000);
  book.end();
  going = false;
  return book.figures();
}

/** Sends by the clock whatever comes back, and counts from when each send was due: waiting is part of the latency. */
export async function openLoop(crowd: Crowd, perSecond: number, seconds: number): Promise<Figures> {
  const book = openBook(crowd);
  const customers = crowd.customers();
  const started = performance.now() + GRID_MS;
  const warm = Math.round(WARM_UP_SECONDS * perSecond);
  const total = warm + Math.round(seconds * perSecond);
  for (let i = 0; i < total;) {
    const due = started + Math.ceil((i * 1_000) / perSecond / GRID_MS) * GRID_MS;
    const early = due - performance.now();
    if (early > 0) {
      await delay(early);
      continue;
    }
    if (i === warm) book.begin();
    customers[i % customers.length]?.send(book.sent(due));
    i++;
  }
  book.end();
  return book.figures();
}

/** Who was sent when, and what came of it. Only what was sent between begin and end is counted. */
function openBook(crowd: Crowd) {
  const ack = histogram();
  const seen = histogram();
  const first = count;
  const sentAt: number[] = [];
  const state: number[] = [];
  let [from, to] = [Infinity, Infinity];
  let [beganAt, endedAt] = [0, 0];
  const sum = { sent: 0, acked: 0, seen: 0, refused: 0, ackedInTime: 0, everSeen: 0 };
  const counts = (i: number) => i >= from && i < to;

  const book = {
    onAnswer: (_n: number) => {},
    sent(at: number): number {
      sentAt.push(at);
      state.push(0);
      return count++;
    },
    begin() {
      from = sentAt.length;
      beganAt = performance.now();
    },
    end() {
      to = sentAt.length;
      endedAt = performance.now();
    },
    async figures(): Promise<Figures> {
      const open = () => sum.seen + sum.refused < to - from;
      for (const until = endedAt + GRACE_MS; open() && performance.now() < until;) await delay(10);
      Object.assign(crowd.heard, { acked: () => {}, seen: () => {}, refused: () => {} });
      const seconds = (endedAt - beganAt) / 1_000;
      const sent = to - from;
      return {
        seconds,
        sent,
        acked: sum.acked,
        seen: sum.seen,
        refused: sum.refused,
        lost: sent - sum.seen - sum.refused,
        everSeen: sum.everSeen,
        perSecond: sum.ackedInTime / seconds,
        ack: latencyOf(ack),
        seenBy: latencyOf(seen),
      };
    },
  };

  const since = (i: number) => Math.max(1, Math.round((performance.now() - (sentAt[i] ?? 0)) * 1_000));
  crowd.heard.acked = (n) => {
    const i = n - first;
    if (endedAt === 0 && beganAt > 0) sum.ackedInTime++;
    if (counts(i)) {
      sum.acked++;
      ack.recordValue(since(i));
    }
    book.onAnswer(n);
  };
  crowd.heard.seen = (n) => {
    const i = n - first;
    if (state[i] !== 0) return;
    state[i] = 1;
    sum.everSeen++;
    if (!counts(i)) return;
    sum.seen++;
    seen.recordValue(since(i));
  };
  crowd.heard.refused = (n) => {
    if (counts(n - first)) sum.refused++;
    book.onAnswer(n);
  };
  return book;
}

const histogram = () =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: 3 });

/** Milliseconds. */
function latencyOf(h: Histogram): Latency {
  const at = (p: number) => h.getValueAtPercentile(p) / 1_000;
  return { p50: at(50), p90: at(90), p99: at(99), max: h.maxValue / 1_000 };
}
