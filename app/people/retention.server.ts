import { z } from "zod";
import { logActivity } from "~/activity/log.server";
import type { Staff } from "~/auth/actor";
import { NotAllowed } from "~/chat/errors";
import { exec, maybeOne, one, sql, transaction } from "~/db.server";
import { dropUnusedPictures } from "~/settings/pictures.server";
import { settings } from "~/settings/settings.server";

const LOCK = 4_839_202;
const CHATS_AT_ONCE = 200;
const LOG_ROWS_AT_ONCE = 1_000;
/** Local hour of the organisation from which the night's work is due. */
const DUE_HOUR = 3;

const wouldRow = z.object({
  chats: z.number(),
  messages: z.number(),
  files: z.number(),
  visitors: z.number(),
  logRows: z.number(),
});

export type WouldErase = z.infer<typeof wouldRow>;

/** What would go tonight with these days; 0 days: nothing does. @throws NotAllowed */
export async function wouldErase(admin: Staff, chatDays: number, logDays: number): Promise<WouldErase> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins look after customers' data.");
  return one(
    wouldRow,
    sql`
      with old as (select id, visitor_id from chat_sessions where ${chatDays} > 0 and ${older(chatDays)})
      select (select count(*)::integer from old) as chats,
        (select count(*)::integer from old join messages m on m.session_id = old.id) as messages,
        (select count(*)::integer from old join attachments a on a.session_id = old.id) as files,
        (select count(*)::integer from visitors v where ${chatDays} > 0 and v.blocked_at is null
          and v.created_at < now() - make_interval(days => ${chatDays}) and not exists (
            select from chat_sessions s where s.visitor_id = v.id
              and (s.ended_at is null or s.ended_at >= now() - make_interval(days => ${chatDays})))) as visitors,
        (select count(*)::integer from activity_logs
          where ${logDays} > 0 and created_at < now() - make_interval(days => ${logDays})) as "logRows"`,
  );
}

const older = (days: number) => sql`ended_at < now() - make_interval(days => ${days})`;

/**
 * The night's work, once a day, in batches of which only one runs at a time whichever instance asks. What a night did not
 * finish, the next look continues. @returns false when it is not due or another instance is at it
 */
export async function nightlyOnce(): Promise<boolean> {
  const { timeZone, retentionDays, activityRetentionDays } = await settings();
  if (!(await isDue(timeZone))) return false;
  for (;;) {
    const gone = await oneBatch(retentionDays, activityRetentionDays);
    if (gone === null) return false;
    if (gone === 0) break;
  }
  await dropUnusedPictures();
  await exec(sql`delete from password_resets where expires_at < now() - interval '7 days'`);
  return finish(timeZone);
}

async function isDue(timeZone: string): Promise<boolean> {
  const { due } = await one(
    z.object({ due: z.boolean() }),
    sql`
      select extract(hour from now() at time zone ${timeZone}) >= ${DUE_HOUR} and not exists (
        select from nightly_runs where name = 'retention' and day >= (now() at time zone ${timeZone})::date) as due`,
  );
  return due;
}

/** @returns how much went, null when another instance is at it */
function oneBatch(chatDays: number, logDays: number): Promise<number | null> {
  return transaction(async (tx) => {
    const { mine } = await one(
      z.object({ mine: z.boolean() }),
      sql`select pg_try_advisory_xact_lock(${LOCK}) as mine`,
      tx,
    );
    if (!mine) return null;
    const batch = { chats: 0, messages: 0, files: 0, visitors: 0, logRows: 0 };
    if (chatDays > 0) {
      Object.assign(batch, await one(goneRow, chatBatch(chatDays), tx));
      batch.visitors = await exec(visitorBatch(chatDays), tx);
    }
    if (logDays > 0) {
      const { dropped } = await one(
        z.object({ dropped: z.number() }),
        sql`select trim_activity(now() - make_interval(days => ${logDays}), ${LOG_ROWS_AT_ONCE}) as dropped`,
        tx,
      );
      batch.logRows = dropped;
    }
    const gone = batch.chats + batch.visitors + batch.logRows;
    if (gone > 0) {
      await exec(
        sql`
          insert into nightly_runs (name, day, result) values ('retention', '-infinity', ${JSON.stringify(batch)}::jsonb)
          on conflict (name) do update set result = (
            select jsonb_object_agg(key, value::integer + coalesce((nightly_runs.result ->> key)::integer, 0))
            from jsonb_each_text(excluded.result))`,
        tx,
      );
    }
    return gone;
  });
}

const goneRow = z.object({ chats: z.number(), messages: z.number(), files: z.number() });

const chatBatch = (days: number) => sql`
  with old as (
    select id from chat_sessions where ${older(days)} order by ended_at limit ${CHATS_AT_ONCE} for update skip locked
  ), counted as (
    select (select count(*)::integer from old join messages m on m.session_id = old.id) as messages,
      (select count(*)::integer from old join attachments a on a.session_id = old.id) as files
  ), gone as (delete from chat_sessions s using old where s.id = old.id returning s.id)
  select (select count(*)::integer from gone) as chats, messages, files from counted`;

/** Customers of whom nothing is left, except those who are kept out. */
const visitorBatch = (days: number) => sql`
  delete from visitors where id in (
    select v.id from visitors v where v.blocked_at is null and v.created_at < now() - make_interval(days => ${days})
      and not exists (select from chat_sessions s where s.visitor_id = v.id) limit ${CHATS_AT_ONCE} for update skip locked)`;

/** Marks the day as done and logs what went; once, whoever comes first. */
function finish(timeZone: string): Promise<boolean> {
  return transaction(async (tx) => {
    await exec(sql`insert into nightly_runs (name, day) values ('retention', '-infinity') on conflict do nothing`, tx);
    const done = await maybeOne(
      z.object({ result: z.record(z.string(), z.number()) }),
      sql`
        update nightly_runs r set day = (now() at time zone ${timeZone})::date, finished_at = now(), result = '{}'
        from (select result from nightly_runs where name = 'retention' for update) before
        where r.name = 'retention' and r.day < (now() at time zone ${timeZone})::date returning before.result`,
      tx,
    );
    if (!done) return false;
    const { logRows = 0, ...data } = done.result;
    if (data.chats || data.visitors) await logActivity(null, "data.erased", null, data, tx);
    if (logRows > 0) await logActivity(null, "log.trimmed", null, { rows: logRows }, tx);
    return true;
  });
}
