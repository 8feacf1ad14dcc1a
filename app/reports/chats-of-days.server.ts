import { z } from "zod";
import { many, sql } from "~/db.server";

/** Columns of the chats that began on a day; times in milliseconds, hours counted from the day's start. */
export interface Begun {
  hour: number[];
  agent: (number | null)[];
  waiting: (number | null)[];
  firstReply: (number | null)[];
}

/** Columns of those that ended on it. */
export interface Ended {
  hour: number[];
  agent: (number | null)[];
  /** 1 for those that nobody took up in time. */
  abandoned: number[];
  resolution: (number | null)[];
  rating: (number | null)[];
}

const NOBODY: Begun & Ended = {
  hour: [],
  agent: [],
  waiting: [],
  firstReply: [],
  abandoned: [],
  resolution: [],
  rating: [],
};

// The columns are our own numbers, made below: to check a million of them one by one would cost more than to read them.
const row = z.object({ slot: z.number(), columns: z.custom<Begun & Ended>() });

/**
 * The chats of each day, in the order of the days, whose starts `bounds` has, and the end of the last. Medians of days
 * do not add up to that of their range, so what is read is chats: as columns, which cost PostgreSQL no sorting and us
 * little reading.
 */
export async function chatsOfDays(bounds: Date[]): Promise<{ begun: Begun; ended: Ended }[]> {
  const [begun, ended] = await Promise.all([begunOn(bounds), endedOn(bounds)]);
  return bounds.slice(1).map((_, i) => ({ begun: begun.get(i) ?? NOBODY, ended: ended.get(i) ?? NOBODY }));
}

type Fragment = ReturnType<typeof sql>;

const milliseconds = (time: Fragment) => sql`round(date_part('epoch', ${time}) * 1000)::bigint`;
const hourSince = (start: Fragment, at: Fragment) => sql`floor(date_part('epoch', ${at} - ${start}) / 3600)::integer`;

const begunOn = (bounds: Date[]) =>
  perDay(
    bounds,
    sql`
      select count(*), json_build_object(
        'hour', json_agg(${hourSince(sql`day.start`, sql`s.created_at`)}), 'agent', json_agg(s.cs_id),
        'waiting', json_agg(${milliseconds(sql`coalesce(s.picked_up_at, s.assigned_at) - s.created_at`)}),
        'firstReply', json_agg(${milliseconds(sql`s.first_reply_at - s.created_at`)})) as columns
      from chat_sessions s where s.created_at >= day.start and s.created_at < day.until`,
  );

const endedOn = (bounds: Date[]) =>
  perDay(
    bounds,
    sql`
      select count(*), json_build_object(
        'hour', json_agg(${hourSince(sql`day.start`, sql`s.ended_at`)}), 'agent', json_agg(s.cs_id),
        'abandoned', json_agg((s.status = 'abandoned')::integer), 'rating', json_agg(s.rating),
        'resolution', json_agg(case when s.assigned_at is not null then ${milliseconds(sql`s.ended_at - s.created_at`)} end)
      ) as columns
      from chat_sessions s where s.ended_at >= day.start and s.ended_at < day.until`,
  );

async function perDay(bounds: Date[], chats: Fragment): Promise<Map<number, Begun & Ended>> {
  const rows = await many(
    row,
    sql`
      select (day.nth - 1)::integer as slot, chat.columns
      from unnest(${bounds.slice(0, -1)}::timestamptz[], ${bounds.slice(1)}::timestamptz[]) with ordinality
        as day (start, until, nth)
      cross join lateral (${chats}) chat where chat.count > 0`,
  );
  return new Map(rows.map(({ slot, columns }) => [slot, columns]));
}
