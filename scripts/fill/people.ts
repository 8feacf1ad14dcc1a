import { createHash } from "node:crypto";
import { between, pick, type Random } from "../faults/random.ts";
import type { Cell } from "./copy.ts";
import { nameOf, type Language } from "./words.ts";

export interface Visitor {
  id: string;
  name: string | null;
  email: string | null;
  language: Language;
}

/** A uuid whose beginning is the time, as the program's own: neighbours in time are neighbours in the index. */
export function uuidAt(random: Random, at: number): string {
  const time = Math.floor(at).toString(16).padStart(12, "0");
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${pick(random, ["8", "9", "a", "b"])}${hex(3)}-${hex(6)}${hex(6)}`;
}

export function newVisitor(random: Random, at: number): Visitor {
  const language = random() < 0.55 ? "en" : "id";
  const name = random() < 0.78 ? nameOf(random, language) : null;
  const address = `${(name ?? "guest").toLowerCase().replace(" ", ".")}${Math.floor(random() * 9_000)}`;
  return { id: uuidAt(random, at), name, email: random() < 0.4 ? `${address}@mail.example` : null, language };
}

export const VISITOR_COLUMNS = ["id", "token_hash", "name", "email", "created_at"];

export const visitorRow = (visitor: Visitor, at: Date): Cell[] => [
  visitor.id,
  `\\x${createHash("sha256").update(visitor.id).digest("hex")}`,
  visitor.name,
  visitor.email,
  at,
];

export const AGENT_NAMES = (random: Random, count: number) =>
  Array.from({ length: count }, (_, i) => nameOf(random, i % 2 ? "id" : "en"));

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Jakarta's: the sample's people sleep at night. */
const ZONE_MS = 7 * HOUR_MS;

/** An agent's statuses of a year: two shifts, a break, moments away; weekends are mostly off. */
export function shiftsOf(random: Random, userId: number, from: number, until: number): Cell[][] {
  const rows: Cell[][] = [];
  const late = random() < 0.4;
  let offlineSince = from;
  const note = (status: string, start: number, end: number, reason = "chosen") => {
    if (end > start && end <= until) rows.push([userId, status, reason, new Date(start), new Date(end)]);
  };
  for (let day = from; day < until; day += DAY_MS) {
    const weekday = new Date(day + ZONE_MS).getUTCDay();
    if (random() < (weekday === 0 || weekday === 6 ? 0.75 : 0.07)) continue;
    const begin = day + (late ? 13 : 8) * HOUR_MS + between(random, -0.3, 0.3) * HOUR_MS;
    const [pause, back] = [begin + between(random, 3, 4) * HOUR_MS, begin + between(random, 4.2, 4.8) * HOUR_MS];
    const [away, here] = [begin + between(random, 5, 6) * HOUR_MS, begin + between(random, 6.1, 6.4) * HOUR_MS];
    const end = begin + between(random, 7.5, 8.5) * HOUR_MS;
    if (end > until) break;
    note("offline", offlineSince, begin);
    note("online", begin, pause);
    note("busy", pause, back);
    note("online", back, away);
    note("away", away, here, "idle");
    note("online", here, end, "active");
    offlineSince = end;
  }
  return rows;
}

/** How likely a chat is to begin then: by day as people are awake, on weekends less, a little more each month. */
export function busyness(at: number, from: number, until: number): number {
  const local = new Date(at + ZONE_MS);
  const hour = local.getUTCHours() + local.getUTCMinutes() / 60;
  const awake = 0.06 + Math.exp(-((hour - 10.5) ** 2) / 9) + 0.85 * Math.exp(-((hour - 19.5) ** 2) / 7);
  const weekend = [0, 6].includes(local.getUTCDay()) ? 0.55 : 1;
  return awake * weekend * (0.7 + (0.3 * (at - from)) / (until - from));
}
