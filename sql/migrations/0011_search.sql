-- When somebody took the chat up first; assigned_at moves on with each hand-over. Of the open chats the program itself
-- notes it from now on: they are being written to, and must not wait for this.
alter table chat_sessions add column picked_up_at timestamptz;
update chat_sessions s set picked_up_at = coalesce(
  (select min(a.created_at) from assignments a where a.session_id = s.id and a.cs_id is not null), s.assigned_at)
where s.ended_at is not null and s.assigned_at is not null;

-- What was said, for searching: one row for each 200 rows of a chat's log, written by a background job and never by a
-- send. The vectors lie outside the rows, so that a common word's hits are read without them.
create table search_chunks (
  session_id uuid not null references chat_sessions on delete cascade,
  chunk integer not null check (chunk >= 0),
  -- The last seq that is in it.
  through_seq integer not null,
  words tsvector not null,
  indexed_at timestamptz not null default now(),
  primary key (session_id, chunk)
) with (toast_tuple_target = 128);
create index search_chunks_words on search_chunks using gin (words);

-- How far the job is: one row.
create table search_progress (
  only_row boolean primary key default true check (only_row),
  -- Chats that ended before are in, but for what was changed since.
  ended_through timestamptz not null,
  -- Chats that began before are still to come, newest first; null when all are in.
  backfill_before timestamptz
);
insert into search_progress (ended_through, backfill_before) values (now(), now());
