import type { History, Violation } from "./history.ts";
import {
  acknowledgedIsSeen,
  acknowledgedIsStored,
  nothingTwice,
  seenWasAttempted,
  unsentIsKept,
} from "./check-loss.ts";
import { everyOrderIsTheLogs, sendOrderIsKept, snapshotsAddUp } from "./check-order.ts";
import { onlyOwnChats, oneAgentWithinCapacity, onlyPresentAgents } from "./check-people.ts";

export interface Result {
  verdict: "valid" | "invalid" | "unknown";
  violations: Violation[];
  /** Why a run without violations proves nothing. */
  doubts: string[];
  counts: Record<"attempted" | "acked" | "stored" | "seen" | "observers" | "bites" | "violations", number>;
}

const PROPERTIES: Record<string, (history: History) => string[]> = {
  C1: acknowledgedIsStored,
  C2: acknowledgedIsSeen,
  C3: seenWasAttempted,
  C4: nothingTwice,
  C5: everyOrderIsTheLogs,
  C6: sendOrderIsKept,
  C7: onlyOwnChats,
  C8: snapshotsAddUp,
  C9: oneAgentWithinCapacity,
  presence: onlyPresentAgents,
  outbox: unsentIsKept,
  claim: (history) => history.claims.filter((c) => !c.holds).map((c) => `${c.name}: ${c.saw}`),
};

/**
 * Judges a history, in the manner of Jepsen's checkers. Pure: the same history, the same verdict.
 * A run in which a fault did not bite, or which acknowledged too little, is "unknown", never "valid".
 */
export function check(history: History): Result {
  const violations = Object.entries(PROPERTIES).flatMap(([property, holds]) =>
    holds(history).map((what) => ({ property, what })),
  );
  const doubts = doubtsAbout(history);
  return {
    verdict: violations.length > 0 ? "invalid" : doubts.length > 0 ? "unknown" : "valid",
    violations,
    doubts,
    counts: {
      attempted: history.attempts.length,
      acked: history.acks.length,
      stored: history.rows.length,
      seen: history.observers.reduce((sum, o) => sum + o.sightings.length, 0),
      observers: history.observers.length,
      bites: history.faults.reduce((sum, f) => sum + f.bites, 0),
      violations: violations.length,
    },
  };
}

function doubtsAbout(history: History): string[] {
  const doubts = history.faults.filter((f) => f.bites === 0).map((f) => `${f.name} did not bite`);
  if (history.faults.length === 0) doubts.push("no fault was tried");
  if (history.acks.length < history.limits.minAcked) {
    doubts.push(`only ${history.acks.length} sends were acknowledged, ${history.limits.minAcked} are needed`);
  }
  const watched = new Set(history.observers.flatMap((o) => o.completeIn));
  const unwatched = new Set(history.acks.map((a) => a.chat).filter((chat) => !watched.has(chat)));
  if (unwatched.size > 0) doubts.push(`${unwatched.size} chats had no observer at the end`);
  return doubts;
}
