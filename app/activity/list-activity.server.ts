import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { NotAllowed } from "~/chat/errors";
import { many, sql } from "~/db.server";
import { settings } from "~/settings/settings.server";

const PAGE_SIZE = 50;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** An empty field of a form asks for nothing. */
const orNothing = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), shape.optional());
const day = orNothing(
  z
    .string()
    .regex(DAY, "Write the day as 2026-11-23.")
    .refine((text) => !Number.isNaN(Date.parse(text)), "There is no such day."),
);

export const activityFilter = z.object({
  /** 0: the program itself, or somebody without an account. */
  userId: orNothing(z.coerce.number().int().min(0)),
  /** As in user.disabled, or what comes before the dot. */
  action: orNothing(z.string().regex(/^[a-z_]+(\.[a-z_]+)*$/, "Write an action as in user.disabled.")),
  /** Days of the organisation's time zone, both included. */
  from: day,
  to: day,
  text: orNothing(z.string().max(200, "At most 200 characters.")),
  /** Rows older than this one. */
  before: orNothing(z.coerce.number().int().positive()),
});

export type ActivityFilter = z.infer<typeof activityFilter>;

export const activityRow = z.object({
  id: z.number(),
  position: z.number().nullable(),
  userId: z.number().nullable(),
  userName: z.string().nullable(),
  username: z.string().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.date().transform((at) => at.toISOString()),
  hash: z.string().nullable(),
});

export type ActivityEntry = z.infer<typeof activityRow>;

/** A page of the log, newest first. @returns `next`: what to pass as `before` for the rest. @throws NotAllowed */
export async function listActivity(admin: Staff, filter: ActivityFilter, size = PAGE_SIZE) {
  if (admin.role !== "admin") throw new NotAllowed("Only admins read the log.");
  const rows = await many(activityRow, sql`${await activityStatement(filter)} order by l.id desc limit ${size + 1}`);
  const entries = rows.slice(0, size);
  return { entries, next: rows.length > size ? (entries.at(-1)?.id ?? null) : null };
}

/** What fits the filter, without an order. */
export async function activityStatement({ userId, action, from, to, text, before }: ActivityFilter) {
  const { timeZone } = await settings();
  const conditions = [
    userId !== undefined && (userId === 0 ? sql`l.user_id is null` : sql`l.user_id = ${userId}`),
    action !== undefined && (action.includes(".") ? sql`l.action = ${action}` : sql`l.action like ${`${action}.%`}`),
    from && sql`l.created_at >= ${from}::timestamp at time zone ${timeZone}`,
    to && sql`l.created_at < (${to}::timestamp + interval '1 day') at time zone ${timeZone}`,
    text &&
      sql`to_tsvector('simple', coalesce(l.subject, '') || ' ' || coalesce(l.ip, '') || ' ' || l.details::text)
      @@ ${words(text)}`,
    before !== undefined && sql`l.id < ${before}`,
  ];
  return sql`
    select l.id, l.position, l.user_id as "userId", u.name as "userName", u.username, l.action, l.subject, l.details, l.ip,
      l.user_agent as "userAgent", l.created_at as "createdAt", encode(l.hash, 'hex') as hash
    from activity_logs l left join users u on u.id = l.user_id
    where ${conditions.filter((one) => one !== false && one !== undefined && one !== "").reduce((all, one) => sql`${all} and ${one}`, sql`true`)}`;
}

/** Every word, each as far as it was written. */
function words(text: string) {
  const parts = text
    .replaceAll(/['\\]/g, " ")
    .split(/\s+/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  return sql`to_tsquery('simple', ${parts.map((part) => `'${part}':*`).join(" & ")})`;
}

/** What has been done so far, for the filter's list. */
export const knownActions = async () =>
  (
    await many(
      z.object({ action: z.string() }),
      sql`
        with recursive found as (
          (select action from activity_logs order by action limit 1)
          union all
          select (select l.action from activity_logs l where l.action > f.action order by l.action limit 1)
          from found f where f.action is not null
        ) select action from found where action is not null`,
    )
  ).map(({ action }) => action);
