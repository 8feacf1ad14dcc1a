-- Small pictures of people and of the organisation, drawn anew by us; a change is a new id, so that they can be kept for ever.
create table pictures (
  id uuid primary key,
  content bytea not null check (length(content) <= 262144),
  created_at timestamptz not null default now()
);

-- A link with which somebody sets a new password, once.
create table password_resets (
  token_hash bytea primary key,
  user_id bigint not null references users on delete cascade,
  created_by bigint references users on delete set null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index password_resets_user on password_resets (user_id);

alter table labels add column colour text not null default 'slate'
  check (colour in ('slate', 'teal', 'blue', 'violet', 'pink', 'red', 'amber', 'green'));

alter table canned_responses add column category text check (length(category) between 1 and 40);
