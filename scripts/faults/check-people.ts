import type { Assignment, History, Span } from "./history.ts";

/** C7: nobody saw a chat that was not theirs at that time. */
export function onlyOwnChats({ observers, access, limits }: History): string[] {
  return observers.flatMap((observer) => {
    const mine = access.filter((a) => a.observer === observer.id);
    const strays = observer.sightings.filter(
      (s) => !mine.some((a) => a.chat === s.chat && within(s.at, a, limits.toleranceMs, limits.toleranceMs)),
    );
    return strays.map((s) => `stranger: ${observer.id} saw ${s.chat}#${s.seq}, which was not theirs then`);
  });
}

/** C9: one agent per chat, and never more chats than the agent takes. */
export function oneAgentWithinCapacity({ assignments, capacity }: History): string[] {
  const shared = overlapping(assignments).map(
    ([a, b]) => `two agents: ${a.chat} was with ${a.agent} and with ${b.agent} at once`,
  );
  const agents = new Set(assignments.map((a) => a.agent));
  const crowded = [...agents].flatMap((agent) => {
    const most = busiest(assignments.filter((a) => a.agent === agent));
    const limit = capacity[agent] ?? Infinity;
    return most > limit ? [`capacity: ${agent} had ${most} chats of ${limit}`] : [];
  });
  return [...shared, ...crowded];
}

/** The queue gives chats only to agents who are there, or were a lease ago. */
export function onlyPresentAgents({ assignments, presence, limits }: History): string[] {
  const late = limits.leaseMs + limits.toleranceMs;
  const wasThere = (a: Assignment) =>
    presence.some((p) => p.agent === a.agent && within(a.from, p, limits.toleranceMs, late));
  return assignments
    .filter((a) => a.automatic && !wasThere(a))
    .map((a) => `absent: ${a.chat} was given to ${a.agent}, who was not there`);
}

const within = (at: number, span: Span, early: number, late: number) =>
  at >= span.from - early && (span.to === null || at <= span.to + late);

function overlapping(assignments: Assignment[]): [Assignment, Assignment][] {
  const sorted = [...assignments].sort((a, b) => (a.chat < b.chat ? -1 : a.chat > b.chat ? 1 : a.from - b.from));
  return sorted.flatMap((next, i) => {
    const before = sorted[i - 1];
    if (before?.chat !== next.chat) return [];
    return (before.to ?? Infinity) > next.from ? [[before, next] as [Assignment, Assignment]] : [];
  });
}

/** At one moment an ending counts before a beginning. */
function busiest(assignments: Assignment[]): number {
  const steps = assignments
    .flatMap((a) => [
      { at: a.from, step: 1 },
      { at: a.to ?? Number.MAX_SAFE_INTEGER, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step);
  let load = 0;
  return steps.reduce((most, { step }) => Math.max(most, (load += step)), 0);
}
