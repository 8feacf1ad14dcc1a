-- Why an agent is not there although they chose to be, and since when they have been at work.
alter table cs_status add column away_at timestamptz;
alter table cs_status add column last_active_at timestamptz not null default now();

-- One row for each stretch of a status, for the hours worked; the running one has no end.
create table cs_status_history (
  id bigint generated always as identity primary key,
  user_id bigint not null references users on delete cascade,
  status text not null check (status in ('online', 'busy', 'offline', 'away')),
  reason text not null check (reason in ('chosen', 'idle', 'active')),
  started_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index cs_status_history_running on cs_status_history (user_id) where ended_at is null;
create index cs_status_history_user on cs_status_history (user_id, started_at desc);

-- A chat that lost its agent goes before everybody who has not been served yet.
alter table chat_sessions add column returned boolean not null default false;
-- Whom it must not go to next: the agent who did not answer.
alter table chat_sessions add column skip_cs_id bigint references users on delete set null;
-- Log row of the last assignment: without a reply after it, the agent has not answered.
alter table chat_sessions add column assigned_seq integer not null default 0;
-- Since when the agent's every connection has been gone.
alter table chat_sessions add column agent_lost_at timestamptz;
alter table chat_sessions add column idle_warned_at timestamptz;
drop index chat_sessions_queue;
create index chat_sessions_queue on chat_sessions (returned desc, queued_at, id) where status = 'waiting';
create index chat_sessions_lost on chat_sessions (agent_lost_at) where status = 'active' and agent_lost_at is not null;
create index chat_sessions_idle on chat_sessions (last_message_at) where status = 'active';
create index chat_sessions_unanswered on chat_sessions (assigned_at) where status = 'active' and last_cs_seq < assigned_seq;

-- Who got a chat and why: the choice as it stood at that moment.
create table assignments (
  id bigint generated always as identity primary key,
  session_id uuid not null references chat_sessions on delete cascade,
  cs_id bigint references users on delete set null,
  kind text not null check (kind in ('queue', 'accept', 'transfer', 'admin', 'returned', 'requeued')),
  by_user_id bigint references users on delete set null,
  -- [{ csId, name, load, max, fit }]: everybody who could have got it, or could not and why.
  considered jsonb not null default '[]',
  created_at timestamptz not null default clock_timestamp()
);
create index assignments_session on assignments (session_id, id);
create index assignments_cs on assignments (cs_id, id desc);
