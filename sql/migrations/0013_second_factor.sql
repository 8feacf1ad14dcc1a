-- A staff member's authenticator app. The secret is stored encrypted; until it is confirmed it counts for nothing.
create table second_factors (
  user_id bigint primary key references users on delete cascade,
  secret bytea not null,
  confirmed_at timestamptz,
  -- The newest time step whose code was taken: no code counts twice.
  last_step bigint not null default 0,
  created_at timestamptz not null default now()
);

-- For the day the telephone is gone; each counts once.
create table recovery_codes (
  user_id bigint not null references users on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);
