import type { Key } from "./contestants.ts";
import type { Entry } from "./course.ts";
import { table, times } from "./table.ts";

/** One thing that the project wants of itself. */
export interface Goal {
  name: string;
  is: number;
  least?: number;
  most?: number;
  reached: boolean;
}

/** What the race says about them; those that it did not measure are left out. */
export function goals(entries: Entry[]): Goal[] {
  const of = (key: Key) => entries.find((entry) => entry.key === key);
  const [a, b, b2, c, d] = [of("a"), of("b"), of("b2"), of("c"), of("d")];
  const better = Math.max(b?.knee?.perSecond ?? NaN, b2?.knee?.perSecond ?? 0);
  const cpu = (entry?: Entry) => (entry?.atRate ? entry.atRate.programCpu + entry.atRate.databaseCpu : undefined);
  const lost = entries.filter(({ key }) => key === "c" || key === "d").flatMap((e) => [e.few, e.many, e.atRate]);
  return [
    goal("throughput, 50 customers: c ÷ b", ratio(c?.few?.perSecond, b?.few?.perSecond), { least: 2.5 }),
    goal("throughput, 50 customers: c ÷ a", ratio(c?.few?.perSecond, a?.few?.perSecond), { least: 0.5 }),
    goal("throughput, 500 customers: c ÷ a", ratio(c?.many?.perSecond, a?.many?.perSecond), { least: 0.6 }),
    goal("ack p50 at 1,000/s: c ÷ a", ratio(c?.atRate?.ack.p50, a?.atRate?.ack.p50), { most: 1.6 }),
    goal("ack p99 at 1,000/s: c ÷ a", ratio(c?.atRate?.ack.p99, a?.atRate?.ack.p99), { most: 2 }),
    goal("agent p50 at 1,000/s: c ÷ a", ratio(c?.atRate?.toAgent.p50, a?.atRate?.toAgent.p50), { most: 1.6 }),
    goal("agent p99 at 1,000/s: c ÷ a", ratio(c?.atRate?.toAgent.p99, a?.atRate?.toAgent.p99), { most: 2 }),
    goal("agent p99 at 1,000/s: c ÷ b", ratio(c?.atRate?.toAgent.p99, b?.atRate?.toAgent.p99), { most: 1 }),
    goal("agent p99 at 1,000/s: c ÷ b2", ratio(c?.atRate?.toAgent.p99, b2?.atRate?.toAgent.p99), { most: 1 }),
    goal("knee: c ÷ the better of b and b2", ratio(c?.knee?.perSecond, better), { least: 3 }),
    goal("two instances, CPU for each message: d ÷ c", ratio(cpu(d), cpu(c)), { most: 1.2 }),
    goal("two instances, agent p50: d ÷ c", ratio(d?.atRate?.toAgent.p50, c?.atRate?.toAgent.p50), { most: 1.25 }),
    goal("lost by HeraDesk", lost.some(Boolean) ? lost.reduce((sum, m) => sum + (m?.lost ?? 0), 0) : NaN, { most: 0 }),
  ].filter(({ is }) => Number.isFinite(is));
}

export function goal(name: string, is: number, { least, most }: { least?: number; most?: number }): Goal {
  return { name, is, least, most, reached: is >= (least ?? -Infinity) && is <= (most ?? Infinity) };
}

export const goalTable = (all: Goal[]) =>
  table(
    ["goal", "is", "wanted", ""],
    all.map(({ name, is, least, most, reached }) => [
      name,
      times(is),
      least === undefined ? `≤ ${most}` : `≥ ${least}`,
      reached ? "reached" : "MISSED",
    ]),
  );

const ratio = (x?: number, y?: number) => (x ?? NaN) / (y ?? NaN);
