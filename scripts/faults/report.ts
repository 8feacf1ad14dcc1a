import { mkdirSync, writeFileSync } from "node:fs";
import { notYet } from "./faults.ts";
import type { Outcome } from "./scenario.ts";

const OUT = ".cache/faults.json";

export function row(outcome: Outcome): string {
  const { fault, verdict, counts, ms, slowestAckMs } = outcome;
  const columns = [
    verdict.padEnd(8),
    String(fault.id).padStart(2),
    fault.name.padEnd(46),
    `${counts.bites} bites`.padStart(9),
    `${counts.attempted} sent`.padStart(10),
    `${counts.acked} acked`.padStart(11),
    `${counts.seen} seen`.padStart(11),
    `slowest ${slowestAckMs} ms`.padStart(17),
    `${(ms / 1_000).toFixed(1)} s`.padStart(8),
  ];
  const reasons = [...outcome.violations.map((v) => `${v.property} ${v.what}`), ...outcome.doubts];
  return [columns.join("  "), ...shortened(reasons)].join("\n           ");
}

function shortened(reasons: string[]) {
  const shown = reasons.slice(0, 8);
  return reasons.length > shown.length ? [...shown, `… and ${reasons.length - shown.length} more`] : shown;
}

export function summary(outcomes: Outcome[], seed: number): string {
  const acked = outcomes.reduce((sum, o) => sum + o.counts.acked, 0);
  const by = (verdict: string) => outcomes.filter((o) => o.verdict === verdict).length;
  return `${by("valid")} valid, ${by("invalid")} invalid, ${by("unknown")} unknown; ${acked} acknowledged sends; seed ${seed}`;
}

export function writeJson(outcomes: Outcome[], seed: number, extra: object = {}) {
  mkdirSync(".cache", { recursive: true });
  const runs = outcomes.map(({ fault, ...o }) => ({
    id: fault.id,
    name: fault.name,
    ...o,
    violations: o.violations.slice(0, 100),
  }));
  writeFileSync(OUT, JSON.stringify({ seed, at: new Date().toISOString(), runs, notYet, ...extra }, null, 2));
  return OUT;
}
