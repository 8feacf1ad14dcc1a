-- Work that is done once a night by whichever instance comes first.
create table nightly_runs (
  name text primary key,
  day date not null,
  finished_at timestamptz,
  result jsonb not null default '{}'::jsonb
);

create index visitors_created on visitors (created_at);
