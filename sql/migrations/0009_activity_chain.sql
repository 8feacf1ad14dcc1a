-- Each row of the log carries the hash of the one before. The link is made when its transaction commits: whoever logs
-- holds the chain's one row only while they commit, and takes it after every other lock, so that no two wait crosswise.

-- Who did it stays readable when the account is gone.
alter table activity_logs drop constraint activity_logs_user_id_fkey;
alter table activity_logs
  add column user_agent text check (length(user_agent) <= 400),
  add column position bigint,
  add column previous_hash bytea,
  add column hash bytea;

create unique index activity_logs_position on activity_logs (position);
create index activity_logs_action on activity_logs (action, id desc);
create index activity_logs_created on activity_logs (created_at desc);
create index activity_logs_words on activity_logs
  using gin (to_tsvector('simple', coalesce(subject, '') || ' ' || coalesce(ip, '') || ' ' || details::text));

-- The newest link, so that a cut end shows; and where the chain begins since older rows were dropped by age.
create table activity_chain (
  id smallint primary key default 1 check (id = 1),
  last_position bigint not null default 0,
  last_hash bytea not null default '',
  first_position bigint not null default 1,
  base_hash bytea not null default ''
);
insert into activity_chain default values;

create function activity_hash(previous bytea, l activity_logs) returns bytea language sql stable as $$
  select sha256(previous || convert_to(jsonb_build_array(
    l.id, l.user_id, l.action, l.subject, l.details, l.ip, l.user_agent,
    to_char(l.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text, 'UTF8'))
$$;

create function seal_activity(row_id bigint) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  link activity_chain;
  link_hash bytea;
begin
  select * into strict link from activity_chain for update;
  update activity_logs l set position = link.last_position + 1, previous_hash = link.last_hash,
      hash = activity_hash(link.last_hash, l)
    where id = row_id returning l.hash into strict link_hash;
  perform set_config('heradesk.activity_chain', 'open', true);
  update activity_chain set last_position = last_position + 1, last_hash = link_hash;
  perform set_config('heradesk.activity_chain', '', true);
end
$$;

-- What was logged before there was a chain.
do $$
declare
  old bigint;
begin
  for old in select id from activity_logs order by id loop
    perform seal_activity(old);
  end loop;
end
$$;

create function seal_new_activity() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform seal_activity(new.id);
  return null;
end
$$;

create constraint trigger activity_logs_seal after insert on activity_logs
  deferrable initially deferred for each row execute function seal_new_activity();

-- Rows are sealed once, and dropped only by trim_activity.
create function keep_activity() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.hash is null
    and to_jsonb(old) - array['position', 'previous_hash', 'hash'] = to_jsonb(new) - array['position', 'previous_hash', 'hash']
  then
    return new;
  end if;
  if tg_op = 'DELETE' and current_setting('heradesk.activity_chain', true) = 'open' then
    return old;
  end if;
  raise exception 'activity_logs is append-only' using errcode = 'insufficient_privilege';
end
$$;

create function keep_activity_chain() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('heradesk.activity_chain', true) = 'open' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger activity_logs_keep before update or delete on activity_logs for each row execute function keep_activity();
create trigger activity_logs_keep_all before truncate on activity_logs for each statement execute function keep_activity_chain();
create trigger activity_chain_keep before update or delete on activity_chain for each row execute function keep_activity_chain();
create trigger activity_chain_keep_all before truncate on activity_chain for each statement execute function keep_activity_chain();

-- Drops at most `most` rows older than that, from the beginning of the chain; how many.
create function trim_activity(older_than timestamptz, most integer) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  link activity_chain;
  upto bigint;
  dropped integer;
begin
  select * into strict link from activity_chain for update;
  select position into upto from activity_logs where created_at < older_than order by created_at desc, id desc limit 1;
  if upto is null or upto < link.first_position then
    return 0;
  end if;
  upto := least(upto, link.first_position + most - 1);
  perform set_config('heradesk.activity_chain', 'open', true);
  update activity_chain set first_position = upto + 1,
    base_hash = (select hash from activity_logs where position = upto);
  delete from activity_logs where position <= upto;
  get diagnostics dropped = row_count;
  perform set_config('heradesk.activity_chain', '', true);
  return dropped;
end
$$;
