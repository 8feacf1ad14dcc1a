-- Files of chats. A row is a file that is stored whole; the bytes are in the folder or the bucket that `storage` names.
-- Who erases a chat has nothing to do here: deleting the chat, or only its messages' rows in attachments, puts the bytes on
-- the list of file_deletions in the same transaction, and every instance works through that list.
create table attachments (
  id uuid primary key,
  session_id uuid not null references chat_sessions (id) on delete cascade,
  -- Whose quota it counts against: the chat's customer.
  visitor_id uuid not null references visitors (id) on delete cascade,
  sender_type text not null check (sender_type in ('customer', 'cs')),
  sender_id bigint references users (id) on delete set null,
  storage text not null check (storage in ('folder', 's3')),
  storage_key text not null unique check (storage_key ~ '^[0-9a-f]{32}$'),
  thumbnail_key text unique check (thumbnail_key ~ '^[0-9a-f]{32}$'),
  name text not null check (length(name) between 1 and 200),
  type text not null check (length(type) between 1 and 100),
  size bigint not null check (size > 0),
  sha256 bytea not null check (length(sha256) = 32),
  width integer check (width > 0),
  height integer check (height > 0),
  created_at timestamptz not null default now(),
  check ((width is null) = (height is null))
);

create index attachments_session on attachments (session_id);
create index attachments_visitor on attachments (visitor_id) include (size) where sender_type = 'customer';
create index attachments_created on attachments (created_at);
create index attachments_sender on attachments (sender_id);
create index attachments_storage on attachments (storage, id);

-- Which message a file went with. The primary key is what makes a file usable once: two messages that claim it at the same
-- moment break it, and one of them is written again without.
create table message_attachments (
  attachment_id uuid primary key references attachments (id) on delete cascade,
  session_id uuid not null,
  seq integer not null,
  position smallint not null,
  foreign key (session_id, seq) references messages (session_id, seq) on delete cascade
);

create index message_attachments_message on message_attachments (session_id, seq, position);

-- Bytes that have to go. What is being stored stands here too, due later, until its row is there: whatever dies in between
-- leaves nothing behind.
create table file_deletions (
  storage_key text primary key,
  storage text not null check (storage in ('folder', 's3')),
  due_at timestamptz not null default now(),
  tries integer not null default 0
);

create index file_deletions_due on file_deletions (due_at);

create function list_file_deletions() returns trigger language plpgsql as $$
begin
  insert into file_deletions (storage_key, storage)
  select key, old.storage from unnest(array[old.storage_key, old.thumbnail_key]) key where key is not null
  on conflict (storage_key) do update set due_at = now();
  return null;
end
$$;

create trigger attachments_deleted after delete on attachments for each row execute function list_file_deletions();
