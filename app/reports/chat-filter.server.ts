import { z } from "zod";
import { sql } from "~/db.server";
import { settings } from "~/settings/settings.server";
import { dayAfter, startOfDay } from "./days";

/** Any of them may be missing. */
const maybe = <T extends z.ZodType>(shape: T) => shape.optional();
const day = z.iso.date("Write a day, as in 2026-11-22.");
const id = z.coerce.number({ error: "Choose one of the list." }).int().positive();

/** Which chats, as an address says it; every field may be missing. Days are the organisation's, both included. */
export const chatFilter = z.object({
  /** Words in what was said: web search syntax. */
  q: maybe(z.string().trim().max(200, "Write at most 200 characters.")),
  /** A customer's name or e-mail, also misspelled. */
  customer: maybe(z.string().trim().max(100, "Write at most 100 characters.")),
  from: maybe(day),
  to: maybe(day),
  /** A user's id; 0: nobody took it. */
  agent: maybe(z.coerce.number({ error: "Choose one of the list." }).int().min(0)),
  status: maybe(z.enum(["waiting", "active", "resolved", "abandoned"], { error: "Choose one of the list." })),
  /** Stars, or whether there are any. */
  rating: maybe(z.enum(["1", "2", "3", "4", "5", "any", "none"], { error: "Choose one of the list." })),
  label: maybe(id),
  /** With a file, whoever sent it. */
  file: maybe(z.enum(["yes", "no"], { error: "Choose one of the list." })),
  /** Waited at least so many minutes. */
  waited: maybe(z.coerce.number({ error: "Write a number of minutes." }).min(0).max(100_000)),
});

export type Condition = ReturnType<typeof sql>;
export type ChatFilter = z.infer<typeof chatFilter>;

export const WAITED = sql`coalesce(s.picked_up_at, s.assigned_at, s.ended_at, now()) - s.created_at`;

const HAS_FILE = sql`exists (select 1 from message_attachments f where f.session_id = s.id)`;

/** Who is still waiting passes the index's own expression, which knows no now(). */
const waitedFor = (seconds: number) => sql`
  coalesce(s.picked_up_at, s.assigned_at, s.ended_at, timestamptz '9999-01-01 00:00:00+00') - s.created_at
    >= make_interval(secs => ${seconds}) and ${WAITED} >= make_interval(secs => ${seconds})`;

/** The filter as a condition over chat_sessions s, but for its days, words and names. */
export function conditionOf(filter: ChatFilter): Condition {
  return allOf([
    filter.agent === 0 && sql`s.cs_id is null`,
    filter.agent && sql`s.cs_id = ${filter.agent}`,
    filter.status && sql`s.status = ${filter.status}`,
    filter.rating && ratingIs(filter.rating),
    filter.label &&
      sql`exists (select 1 from chat_labels l where l.session_id = s.id and l.label_id = ${filter.label})`,
    filter.file && (filter.file === "yes" ? HAS_FILE : sql`not ${HAS_FILE}`),
    filter.waited && waitedFor(filter.waited * 60),
  ]);
}

/** Its days as a condition over chat_sessions s. */
export async function daysOf({ from, to }: ChatFilter): Promise<Condition> {
  const { timeZone } = await settings();
  return allOf([
    from && sql`s.created_at >= ${startOfDay(from, timeZone)}`,
    to && sql`s.created_at < ${startOfDay(dayAfter(to), timeZone)}`,
  ]);
}

/** What is no condition asks for nothing. */
export const allOf = (parts: (Condition | string | number | null | undefined | false)[]): Condition =>
  parts
    .filter((part): part is Condition => typeof part === "object" && part !== null)
    .reduce((all, part) => sql`${all} and ${part}`, sql`true`);

function ratingIs(rating: NonNullable<ChatFilter["rating"]>) {
  if (rating === "any") return sql`s.rating is not null`;
  return rating === "none" ? sql`s.rating is null` : sql`s.rating = ${Number(rating)}`;
}

/** What an address asks for; a field of a form that nobody filled asks for nothing. */
export function askedOf(request: Request): Record<string, string> {
  return Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ""));
}
