-- Text that is being written, kept until it is sent: an agent's by agent and chat, a customer's by chat.
create table drafts (
  session_id uuid not null references chat_sessions on delete cascade,
  -- 0 is the customer; null could not be part of the key.
  user_id bigint not null default 0,
  content text not null check (length(content) <= 10000),
  updated_at timestamptz not null default now(),
  primary key (session_id, user_id)
);

alter table messages add column edited_at timestamptz;
alter table messages add column taken_back_at timestamptz;

-- What a message said before it was changed or taken back; for admins.
create table message_revisions (
  id bigint generated always as identity primary key,
  session_id uuid not null,
  seq integer not null,
  content text not null,
  replaced_at timestamptz not null default now(),
  foreign key (session_id, seq) references messages on delete cascade
);
create index message_revisions_message on message_revisions (session_id, seq, id);

alter table canned_responses add column used integer not null default 0;
alter table canned_responses add column last_used_at timestamptz;
create index canned_responses_owner on canned_responses (owner_id);

create table labels (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 1 and 40),
  created_at timestamptz not null default now()
);
create unique index labels_name on labels (lower(name));

create table chat_labels (
  session_id uuid not null references chat_sessions on delete cascade,
  label_id bigint not null references labels on delete cascade,
  primary key (session_id, label_id)
);
create index chat_labels_label on chat_labels (label_id);

alter table visitors add column blocked_at timestamptz;
alter table chat_sessions add column ip text;
alter table chat_sessions add column time_zone text check (length(time_zone) <= 60);

create table blocked_addresses (
  ip text primary key,
  blocked_by bigint references users on delete set null,
  blocked_at timestamptz not null default now()
);
