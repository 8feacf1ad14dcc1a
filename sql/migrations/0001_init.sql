-- People who work here.
create table users (
  id bigint generated always as identity primary key,
  username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{0,39}$'),
  name text not null check (length(name) between 1 and 80),
  role text not null check (role in ('admin', 'cs')),
  password_hash text not null,
  avatar_url text,
  max_chats integer check (max_chats between 0 and 1000),
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- One row per sign-in. refresh_hash rotates; previous_hash is kept for two tabs that race.
create table auth_sessions (
  id uuid primary key,
  user_id bigint not null references users on delete cascade,
  refresh_hash bytea not null,
  previous_hash bytea,
  rotated_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  ip text,
  user_agent text,
  created_at timestamptz not null default now()
);
create index auth_sessions_user on auth_sessions (user_id) where revoked_at is null;

-- What an agent chose. Effective presence is this AND a live row in cs_leases.
create table cs_status (
  user_id bigint primary key references users on delete cascade,
  status text not null default 'offline' check (status in ('online', 'busy', 'offline')),
  last_assigned_at timestamptz,
  changed_at timestamptz not null default now()
);

create table cs_leases (
  id uuid primary key,
  user_id bigint not null references users on delete cascade,
  expires_at timestamptz not null
);
create index cs_leases_user on cs_leases (user_id, expires_at);
create index cs_leases_expiry on cs_leases (expires_at);

-- Anonymous customers. The token is 256 random bits; only its hash is stored.
create table visitors (
  id uuid primary key,
  token_hash bytea not null unique,
  name text check (length(name) <= 80),
  email text check (length(email) <= 254),
  created_at timestamptz not null default now()
);

create table chat_sessions (
  id uuid primary key,
  visitor_id uuid not null references visitors on delete cascade,
  cs_id bigint references users on delete set null,
  status text not null default 'waiting' check (status in ('waiting', 'active', 'resolved', 'abandoned')),
  customer_name text check (length(customer_name) <= 80),
  customer_email text check (length(customer_email) <= 254),
  source_url text check (length(source_url) <= 2000),
  user_agent text check (length(user_agent) <= 400),
  -- Counter of messages.seq, raised only in the transaction that inserts the rows.
  last_seq integer not null default 0,
  last_customer_seq integer not null default 0,
  last_cs_seq integer not null default 0,
  customer_read_seq integer not null default 0,
  cs_read_seq integer not null default 0,
  -- What keeps the queue's order: a chat that comes back goes to its head.
  queued_at timestamptz not null default clock_timestamp(),
  assigned_at timestamptz,
  first_reply_at timestamptz,
  last_message_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  end_reason text check (end_reason in ('resolved', 'customer', 'idle', 'admin')),
  rating smallint check (rating between 1 and 5),
  rating_feedback text check (length(rating_feedback) <= 2000),
  rated_at timestamptz,
  check ((status = 'active') <= (cs_id is not null)),
  check ((status in ('resolved', 'abandoned')) = (ended_at is not null))
);
create index chat_sessions_queue on chat_sessions (queued_at, id) where status = 'waiting';
create index chat_sessions_active on chat_sessions (cs_id, id) where status = 'active';
create index chat_sessions_visitor on chat_sessions (visitor_id, created_at desc);
create index chat_sessions_created on chat_sessions (created_at desc);
create index chat_sessions_assigned on chat_sessions (assigned_at desc) where assigned_at is not null;
create index chat_sessions_ended on chat_sessions (ended_at desc) where ended_at is not null;
create index chat_sessions_cs on chat_sessions (cs_id, created_at desc);
-- At most one open chat for each visitor: a double submit of the start form finds the first.
create unique index chat_sessions_open on chat_sessions (visitor_id) where status in ('waiting', 'active');

-- The one log of a chat: messages and everything else that changes it, in commit order.
create table messages (
  session_id uuid not null references chat_sessions on delete cascade,
  seq integer not null check (seq > 0),
  sender_type text not null check (sender_type in ('customer', 'cs', 'system')),
  sender_id bigint references users on delete set null,
  client_id text check (length(client_id) between 1 and 64),
  message_type text not null default 'text' check (message_type in ('text', 'image', 'file', 'system')),
  visibility text not null default 'all' check (visibility in ('all', 'staff')),
  content text not null check (length(content) <= 10000),
  -- For system rows: { kind, … }, what happened, for programs; content says it for people.
  event jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (session_id, seq)
);
create unique index messages_client on messages (session_id, sender_type, client_id) where client_id is not null;

create table canned_responses (
  id bigint generated always as identity primary key,
  owner_id bigint references users on delete cascade,
  shortcut text not null check (shortcut ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  title text not null check (length(title) between 1 and 80),
  content text not null check (length(content) between 1 and 4000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index canned_responses_shortcut on canned_responses (coalesce(owner_id, 0), shortcut);

create table activity_logs (
  id bigint generated always as identity primary key,
  user_id bigint references users on delete set null,
  action text not null check (length(action) between 1 and 80),
  subject text,
  details jsonb not null default '{}',
  ip text,
  created_at timestamptz not null default now()
);
create index activity_logs_user on activity_logs (user_id, id desc);

create table settings (
  key text primary key,
  value jsonb not null,
  updated_by bigint references users on delete set null,
  updated_at timestamptz not null default now()
);

-- Shared counters for what strangers can do; unlogged, because losing them in a crash costs nothing.
create unlogged table rate_limits (
  key text primary key,
  hits integer not null,
  window_ends_at timestamptz not null
);
create index rate_limits_expiry on rate_limits (window_ends_at);
