-- Written by `npm run db:dump` from sql/migrations; a test keeps it in step. Not to be edited.

create domain chat_end_reason as text constraint chat_end_reason_check CHECK ((VALUE = ANY (ARRAY['resolved'::text, 'customer'::text, 'idle'::text, 'admin'::text])));
create domain chat_status as text constraint chat_status_check CHECK ((VALUE = ANY (ARRAY['waiting'::text, 'active'::text, 'resolved'::text, 'abandoned'::text])));
create domain client_id as text constraint client_id_check CHECK (((length(VALUE) >= 1) AND (length(VALUE) <= 64)));
create domain email_address as text constraint email_address_check CHECK ((length(VALUE) <= 254));
create domain feedback_text as text constraint feedback_text_check CHECK ((length(VALUE) <= 2000));
create domain message_text as text constraint message_text_check CHECK ((length(VALUE) <= 10000));
create domain message_type as text constraint message_type_check CHECK ((VALUE = ANY (ARRAY['text'::text, 'image'::text, 'file'::text, 'system'::text])));
create domain message_visibility as text constraint message_visibility_check CHECK ((VALUE = ANY (ARRAY['all'::text, 'staff'::text])));
create domain page_address as text constraint page_address_check CHECK ((length(VALUE) <= 2000));
create domain person_name as text constraint person_name_check CHECK ((length(VALUE) <= 80));
create domain sender_type as text constraint sender_type_check CHECK ((VALUE = ANY (ARRAY['customer'::text, 'cs'::text, 'system'::text])));
create domain star_rating as smallint constraint star_rating_check CHECK (((VALUE >= 1) AND (VALUE <= 5)));
create domain time_zone_name as text constraint time_zone_name_check CHECK ((length(VALUE) <= 60));
create domain user_agent as text constraint user_agent_check CHECK ((length(VALUE) <= 400));

create table activity_chain (
  id smallint not null default 1,
  last_position bigint not null default 0,
  last_hash bytea not null default '\x'::bytea,
  first_position bigint not null default 1,
  base_hash bytea not null default '\x'::bytea,
  constraint activity_chain_pkey PRIMARY KEY (id),
  constraint activity_chain_id_check CHECK ((id = 1))
);

create table activity_logs (
  id bigint not null generated always as identity,
  user_id bigint,
  action text not null,
  subject text,
  details jsonb not null default '{}'::jsonb,
  ip text,
  created_at timestamp with time zone not null default now(),
  user_agent text,
  "position" bigint,
  previous_hash bytea,
  hash bytea,
  constraint activity_logs_pkey PRIMARY KEY (id),
  constraint activity_logs_action_check CHECK (((length(action) >= 1) AND (length(action) <= 80))),
  constraint activity_logs_user_agent_check CHECK ((length(user_agent) <= 400))
);

create table assignments (
  id bigint not null generated always as identity,
  session_id uuid not null,
  cs_id bigint,
  kind text not null,
  by_user_id bigint,
  considered jsonb not null default '[]'::jsonb,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint assignments_pkey PRIMARY KEY (id),
  constraint assignments_kind_check CHECK ((kind = ANY (ARRAY['queue'::text, 'accept'::text, 'transfer'::text, 'admin'::text, 'returned'::text, 'requeued'::text])))
);

create table attachments (
  id uuid not null,
  session_id uuid not null,
  visitor_id uuid not null,
  sender_type text not null,
  sender_id bigint,
  storage text not null,
  storage_key text not null,
  thumbnail_key text,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 bytea not null,
  width integer,
  height integer,
  created_at timestamp with time zone not null default now(),
  constraint attachments_pkey PRIMARY KEY (id),
  constraint attachments_storage_key_key UNIQUE (storage_key),
  constraint attachments_thumbnail_key_key UNIQUE (thumbnail_key),
  constraint attachments_check CHECK (((width IS NULL) = (height IS NULL))),
  constraint attachments_height_check CHECK ((height > 0)),
  constraint attachments_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint attachments_sender_type_check CHECK ((sender_type = ANY (ARRAY['customer'::text, 'cs'::text]))),
  constraint attachments_sha256_check CHECK ((length(sha256) = 32)),
  constraint attachments_size_check CHECK ((size > 0)),
  constraint attachments_storage_check CHECK ((storage = ANY (ARRAY['folder'::text, 's3'::text]))),
  constraint attachments_storage_key_check CHECK ((storage_key ~ '^[0-9a-f]{32}$'::text)),
  constraint attachments_thumbnail_key_check CHECK ((thumbnail_key ~ '^[0-9a-f]{32}$'::text)),
  constraint attachments_type_check CHECK (((length(type) >= 1) AND (length(type) <= 100))),
  constraint attachments_width_check CHECK ((width > 0))
);

create table auth_sessions (
  id uuid not null,
  user_id bigint not null,
  refresh_hash bytea not null,
  previous_hash bytea,
  rotated_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  ip text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  constraint auth_sessions_pkey PRIMARY KEY (id)
);

create table blocked_addresses (
  ip text not null,
  blocked_by bigint,
  blocked_at timestamp with time zone not null default now(),
  constraint blocked_addresses_pkey PRIMARY KEY (ip)
);

create table canned_responses (
  id bigint not null generated always as identity,
  owner_id bigint,
  shortcut text not null,
  title text not null,
  content text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  used integer not null default 0,
  last_used_at timestamp with time zone,
  category text,
  constraint canned_responses_pkey PRIMARY KEY (id),
  constraint canned_responses_category_check CHECK (((length(category) >= 1) AND (length(category) <= 40))),
  constraint canned_responses_content_check CHECK (((length(content) >= 1) AND (length(content) <= 4000))),
  constraint canned_responses_shortcut_check CHECK ((shortcut ~ '^[a-z0-9][a-z0-9_-]{0,39}$'::text)),
  constraint canned_responses_title_check CHECK (((length(title) >= 1) AND (length(title) <= 80)))
);

create table chat_labels (
  session_id uuid not null,
  label_id bigint not null,
  constraint chat_labels_pkey PRIMARY KEY (session_id, label_id)
);

create table chat_sessions (
  id uuid not null,
  visitor_id uuid not null,
  cs_id bigint,
  status chat_status not null default 'waiting'::text,
  customer_name person_name,
  customer_email email_address,
  source_url page_address,
  user_agent user_agent,
  last_seq integer not null default 0,
  last_customer_seq integer not null default 0,
  last_cs_seq integer not null default 0,
  customer_read_seq integer not null default 0,
  cs_read_seq integer not null default 0,
  queued_at timestamp with time zone not null default clock_timestamp(),
  assigned_at timestamp with time zone,
  first_reply_at timestamp with time zone,
  last_message_at timestamp with time zone not null default clock_timestamp(),
  created_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  end_reason chat_end_reason,
  rating star_rating,
  rating_feedback feedback_text,
  rated_at timestamp with time zone,
  returned boolean not null default false,
  skip_cs_id bigint,
  assigned_seq integer not null default 0,
  agent_lost_at timestamp with time zone,
  idle_warned_at timestamp with time zone,
  ip text,
  time_zone time_zone_name,
  picked_up_at timestamp with time zone,
  constraint chat_sessions_pkey PRIMARY KEY (id),
  constraint chat_sessions_check CHECK ((((status)::text = 'active'::text) <= (cs_id IS NOT NULL))),
  constraint chat_sessions_check1 CHECK ((((status)::text = ANY (ARRAY['resolved'::text, 'abandoned'::text])) = (ended_at IS NOT NULL)))
);

create table cs_leases (
  id uuid not null,
  user_id bigint not null,
  expires_at timestamp with time zone not null,
  constraint cs_leases_pkey PRIMARY KEY (id)
);

create table cs_status (
  user_id bigint not null,
  status text not null default 'offline'::text,
  last_assigned_at timestamp with time zone,
  changed_at timestamp with time zone not null default now(),
  away_at timestamp with time zone,
  last_active_at timestamp with time zone not null default now(),
  constraint cs_status_pkey PRIMARY KEY (user_id),
  constraint cs_status_status_check CHECK ((status = ANY (ARRAY['online'::text, 'busy'::text, 'offline'::text])))
);

create table cs_status_history (
  id bigint not null generated always as identity,
  user_id bigint not null,
  status text not null,
  reason text not null,
  started_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  constraint cs_status_history_pkey PRIMARY KEY (id),
  constraint cs_status_history_reason_check CHECK ((reason = ANY (ARRAY['chosen'::text, 'idle'::text, 'active'::text]))),
  constraint cs_status_history_status_check CHECK ((status = ANY (ARRAY['online'::text, 'busy'::text, 'offline'::text, 'away'::text])))
);

create table drafts (
  session_id uuid not null,
  user_id bigint not null default 0,
  content text not null,
  updated_at timestamp with time zone not null default now(),
  constraint drafts_pkey PRIMARY KEY (session_id, user_id),
  constraint drafts_content_check CHECK ((length(content) <= 10000))
);

create table file_deletions (
  storage_key text not null,
  storage text not null,
  due_at timestamp with time zone not null default now(),
  tries integer not null default 0,
  constraint file_deletions_pkey PRIMARY KEY (storage_key),
  constraint file_deletions_storage_check CHECK ((storage = ANY (ARRAY['folder'::text, 's3'::text])))
);

create table labels (
  id bigint not null generated always as identity,
  name text not null,
  created_at timestamp with time zone not null default now(),
  colour text not null default 'slate'::text,
  constraint labels_pkey PRIMARY KEY (id),
  constraint labels_colour_check CHECK ((colour = ANY (ARRAY['slate'::text, 'teal'::text, 'blue'::text, 'violet'::text, 'pink'::text, 'red'::text, 'amber'::text, 'green'::text]))),
  constraint labels_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40)))
);

create table message_attachments (
  attachment_id uuid not null,
  session_id uuid not null,
  seq integer not null,
  "position" smallint not null,
  constraint message_attachments_pkey PRIMARY KEY (attachment_id)
);

create table message_revisions (
  id bigint not null generated always as identity,
  session_id uuid not null,
  seq integer not null,
  content text not null,
  replaced_at timestamp with time zone not null default now(),
  constraint message_revisions_pkey PRIMARY KEY (id)
);

create table messages (
  session_id uuid not null,
  seq integer not null,
  sender_type sender_type not null,
  sender_id bigint,
  client_id client_id,
  message_type message_type not null default 'text'::text,
  visibility message_visibility not null default 'all'::text,
  content message_text not null,
  event jsonb,
  created_at timestamp with time zone not null default clock_timestamp(),
  edited_at timestamp with time zone,
  taken_back_at timestamp with time zone,
  constraint messages_pkey PRIMARY KEY (session_id, seq),
  constraint messages_seq_check CHECK ((seq > 0))
);

create table nightly_runs (
  name text not null,
  day date not null,
  finished_at timestamp with time zone,
  result jsonb not null default '{}'::jsonb,
  constraint nightly_runs_pkey PRIMARY KEY (name)
);

create table password_resets (
  token_hash bytea not null,
  user_id bigint not null,
  created_by bigint,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint password_resets_pkey PRIMARY KEY (token_hash)
);

create table pictures (
  id uuid not null,
  content bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint pictures_pkey PRIMARY KEY (id),
  constraint pictures_content_check CHECK ((length(content) <= 262144))
);

create unlogged table rate_limits (
  key text not null,
  hits integer not null,
  window_ends_at timestamp with time zone not null,
  constraint rate_limits_pkey PRIMARY KEY (key)
);

create table recovery_codes (
  user_id bigint not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (user_id, code_hash)
);

create table schema_migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table search_chunks (
  session_id uuid not null,
  chunk integer not null,
  through_seq integer not null,
  words tsvector not null,
  indexed_at timestamp with time zone not null default now(),
  pairs integer[],
  constraint search_chunks_pkey PRIMARY KEY (session_id, chunk),
  constraint search_chunks_chunk_check CHECK ((chunk >= 0))
);

create table search_progress (
  only_row boolean not null default true,
  ended_through timestamp with time zone not null,
  backfill_before timestamp with time zone,
  constraint search_progress_pkey PRIMARY KEY (only_row),
  constraint search_progress_only_row_check CHECK (only_row)
);

create table second_factors (
  user_id bigint not null,
  secret bytea not null,
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  created_at timestamp with time zone not null default now(),
  constraint second_factors_pkey PRIMARY KEY (user_id)
);

create table settings (
  key text not null,
  value jsonb not null,
  updated_by bigint,
  updated_at timestamp with time zone not null default now(),
  constraint settings_pkey PRIMARY KEY (key)
);

create table users (
  id bigint not null generated always as identity,
  username text not null,
  name text not null,
  role text not null,
  password_hash text not null,
  avatar_url text,
  max_chats integer,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_username_key UNIQUE (username),
  constraint users_max_chats_check CHECK (((max_chats >= 0) AND (max_chats <= 1000))),
  constraint users_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint users_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'cs'::text]))),
  constraint users_username_check CHECK ((username ~ '^[a-z0-9][a-z0-9._-]{0,39}$'::text))
);

create table visitors (
  id uuid not null,
  token_hash bytea not null,
  name text,
  email text,
  created_at timestamp with time zone not null default now(),
  blocked_at timestamp with time zone,
  constraint visitors_pkey PRIMARY KEY (id),
  constraint visitors_token_hash_key UNIQUE (token_hash),
  constraint visitors_email_check CHECK ((length(email) <= 254)),
  constraint visitors_name_check CHECK ((length(name) <= 80))
);

alter table assignments add constraint assignments_by_user_id_fkey FOREIGN KEY (by_user_id) REFERENCES users(id) ON DELETE SET NULL;
alter table assignments add constraint assignments_cs_id_fkey FOREIGN KEY (cs_id) REFERENCES users(id) ON DELETE SET NULL;
alter table assignments add constraint assignments_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_sessions(id) ON DELETE CASCADE;
alter table attachments add constraint attachments_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES users(id) ON DELETE SET NULL;
alter table attachments add constraint attachments_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_sessions(id) ON DELETE CASCADE;
alter table attachments add constraint attachments_visitor_id_fkey FOREIGN KEY (visitor_id) REFERENCES visitors(id) ON DELETE CASCADE;
alter table auth_sessions add constraint auth_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table blocked_addresses add constraint blocked_addresses_blocked_by_fkey FOREIGN KEY (blocked_by) REFERENCES users(id) ON DELETE SET NULL;
alter table canned_responses add constraint canned_responses_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE;
alter table chat_labels add constraint chat_labels_label_id_fkey FOREIGN KEY (label_id) REFERENCES labels(id) ON DELETE CASCADE;
alter table chat_labels add constraint chat_labels_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_sessions(id) ON DELETE CASCADE;
alter table chat_sessions add constraint chat_sessions_cs_id_fkey FOREIGN KEY (cs_id) REFERENCES users(id) ON DELETE SET NULL;
alter table chat_sessions add constraint chat_sessions_skip_cs_id_fkey FOREIGN KEY (skip_cs_id) REFERENCES users(id) ON DELETE SET NULL;
alter table chat_sessions add constraint chat_sessions_visitor_id_fkey FOREIGN KEY (visitor_id) REFERENCES visitors(id) ON DELETE CASCADE;
alter table cs_leases add constraint cs_leases_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table cs_status add constraint cs_status_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table cs_status_history add constraint cs_status_history_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table drafts add constraint drafts_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_sessions(id) ON DELETE CASCADE;
alter table message_attachments add constraint message_attachments_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES attachments(id) ON DELETE CASCADE;
alter table message_attachments add constraint message_attachments_session_id_seq_fkey FOREIGN KEY (session_id, seq) REFERENCES messages(session_id, seq) ON DELETE CASCADE;
alter table message_revisions add constraint message_revisions_session_id_seq_fkey FOREIGN KEY (session_id, seq) REFERENCES messages(session_id, seq) ON DELETE CASCADE;
alter table password_resets add constraint password_resets_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL;
alter table password_resets add constraint password_resets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table recovery_codes add constraint recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table search_chunks add constraint search_chunks_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_sessions(id) ON DELETE CASCADE;
alter table second_factors add constraint second_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table settings add constraint settings_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users(id) ON DELETE SET NULL;

CREATE INDEX activity_logs_action ON activity_logs USING btree (action, id DESC);
CREATE INDEX activity_logs_created ON activity_logs USING btree (created_at DESC);
CREATE UNIQUE INDEX activity_logs_position ON activity_logs USING btree ("position");
CREATE INDEX activity_logs_user ON activity_logs USING btree (user_id, id DESC);
CREATE INDEX activity_logs_words ON activity_logs USING gin (to_tsvector('simple'::regconfig, ((((COALESCE(subject, ''::text) || ' '::text) || COALESCE(ip, ''::text)) || ' '::text) || (details)::text)));
CREATE INDEX assignments_cs ON assignments USING btree (cs_id, id DESC);
CREATE INDEX assignments_session ON assignments USING btree (session_id, id);
CREATE INDEX attachments_created ON attachments USING btree (created_at);
CREATE INDEX attachments_sender ON attachments USING btree (sender_id);
CREATE INDEX attachments_session ON attachments USING btree (session_id);
CREATE INDEX attachments_storage ON attachments USING btree (storage, id);
CREATE INDEX attachments_visitor ON attachments USING btree (visitor_id) INCLUDE (size) WHERE (sender_type = 'customer'::text);
CREATE INDEX auth_sessions_user ON auth_sessions USING btree (user_id) WHERE (revoked_at IS NULL);
CREATE INDEX canned_responses_owner ON canned_responses USING btree (owner_id);
CREATE UNIQUE INDEX canned_responses_shortcut ON canned_responses USING btree (COALESCE(owner_id, (0)::bigint), shortcut);
CREATE INDEX chat_labels_label ON chat_labels USING btree (label_id);
CREATE INDEX chat_sessions_abandoned ON chat_sessions USING btree (created_at DESC) WHERE ((status)::text = 'abandoned'::text);
CREATE INDEX chat_sessions_active ON chat_sessions USING btree (cs_id, id) WHERE ((status)::text = 'active'::text);
CREATE INDEX chat_sessions_assigned ON chat_sessions USING btree (assigned_at DESC) WHERE (assigned_at IS NOT NULL);
CREATE INDEX chat_sessions_created ON chat_sessions USING btree (created_at DESC);
CREATE INDEX chat_sessions_cs ON chat_sessions USING btree (cs_id, created_at DESC);
CREATE INDEX chat_sessions_ended ON chat_sessions USING btree (ended_at DESC) WHERE (ended_at IS NOT NULL);
CREATE INDEX chat_sessions_lost ON chat_sessions USING btree (agent_lost_at) WHERE (((status)::text = 'active'::text) AND (agent_lost_at IS NOT NULL));
CREATE UNIQUE INDEX chat_sessions_open ON chat_sessions USING btree (visitor_id) WHERE ((status)::text = ANY (ARRAY['waiting'::text, 'active'::text]));
CREATE INDEX chat_sessions_queue ON chat_sessions USING btree (returned DESC, queued_at, id) WHERE ((status)::text = 'waiting'::text);
CREATE INDEX chat_sessions_rated ON chat_sessions USING btree (rating, created_at DESC, id DESC) WHERE (rating IS NOT NULL);
CREATE INDEX chat_sessions_visitor ON chat_sessions USING btree (visitor_id, created_at DESC);
CREATE INDEX chat_sessions_waited ON chat_sessions USING btree (((COALESCE(picked_up_at, assigned_at, ended_at, '9999-01-01 00:00:00+00'::timestamp with time zone) - created_at)));
CREATE INDEX cs_leases_expiry ON cs_leases USING btree (expires_at);
CREATE INDEX cs_leases_user ON cs_leases USING btree (user_id, expires_at);
CREATE INDEX cs_status_history_ended ON cs_status_history USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX cs_status_history_running ON cs_status_history USING btree (user_id) WHERE (ended_at IS NULL);
CREATE INDEX cs_status_history_user ON cs_status_history USING btree (user_id, started_at DESC);
CREATE INDEX file_deletions_due ON file_deletions USING btree (due_at);
CREATE UNIQUE INDEX labels_name ON labels USING btree (lower(name));
CREATE INDEX message_attachments_message ON message_attachments USING btree (session_id, seq, "position");
CREATE INDEX message_revisions_message ON message_revisions USING btree (session_id, seq, id);
CREATE UNIQUE INDEX messages_client ON messages USING btree (session_id, sender_type, client_id) WHERE (client_id IS NOT NULL);
CREATE INDEX password_resets_user ON password_resets USING btree (user_id);
CREATE INDEX rate_limits_expiry ON rate_limits USING btree (window_ends_at);
CREATE INDEX search_chunks_pairs ON search_chunks USING gin (pairs);
CREATE INDEX search_chunks_unpaired ON search_chunks USING btree (session_id, chunk) WHERE (pairs IS NULL);
CREATE INDEX search_chunks_words ON search_chunks USING gin (words);
CREATE INDEX visitors_created ON visitors USING btree (created_at);

CREATE OR REPLACE FUNCTION activity_hash(previous bytea, l activity_logs)
 RETURNS bytea
 LANGUAGE sql
 STABLE
AS $function$
  select sha256(previous || convert_to(jsonb_build_array(
    l.id, l.user_id, l.action, l.subject, l.details, l.ip, l.user_agent,
    to_char(l.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION delete_messages_of_chat()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from messages where session_id = old.id;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION forget_sender()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update messages set sender_id = null where sender_id = old.id;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION keep_activity()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION keep_activity_chain()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and current_setting('heradesk.activity_chain', true) = 'open' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$function$;

CREATE OR REPLACE FUNCTION list_file_deletions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into file_deletions (storage_key, storage)
  select key, old.storage from unnest(array[old.storage_key, old.thumbnail_key]) key where key is not null
  on conflict (storage_key) do update set due_at = now();
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION pair_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.pairs := word_pairs(new.words);
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION seal_activity(row_id bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION seal_new_activity()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform seal_activity(new.id);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION trim_activity(older_than timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION word_pairs(words tsvector)
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select coalesce(array_agg(distinct hashtext(word || ' ' || next)), '{}')
  from (
    select array_agg(lexeme order by position) as said from unnest(words) spoken, unnest(spoken.positions) position
  ) line, unnest(said[:array_length(said, 1) - 1], said[2:]) pair (word, next)
  where word <> 'zzbreakzz' and next <> 'zzbreakzz'
$function$;

CREATE TRIGGER activity_chain_keep BEFORE DELETE OR UPDATE ON activity_chain FOR EACH ROW EXECUTE FUNCTION keep_activity_chain();
CREATE TRIGGER activity_chain_keep_all BEFORE TRUNCATE ON activity_chain FOR EACH STATEMENT EXECUTE FUNCTION keep_activity_chain();
CREATE TRIGGER activity_logs_keep BEFORE DELETE OR UPDATE ON activity_logs FOR EACH ROW EXECUTE FUNCTION keep_activity();
CREATE TRIGGER activity_logs_keep_all BEFORE TRUNCATE ON activity_logs FOR EACH STATEMENT EXECUTE FUNCTION keep_activity_chain();
CREATE CONSTRAINT TRIGGER activity_logs_seal AFTER INSERT ON activity_logs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seal_new_activity();
CREATE TRIGGER attachments_deleted AFTER DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION list_file_deletions();
CREATE TRIGGER chat_sessions_deleted AFTER DELETE ON chat_sessions FOR EACH ROW EXECUTE FUNCTION delete_messages_of_chat();
CREATE TRIGGER search_chunks_paired BEFORE INSERT OR UPDATE OF words ON search_chunks FOR EACH ROW EXECUTE FUNCTION pair_words();
CREATE TRIGGER users_deleted AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION forget_sender();
