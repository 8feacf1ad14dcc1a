-- Who writes a message holds the row of its chat, and is signed in: these two keys looked up again, for each message,
-- what the writing statement had in its hands. What they did for deletes, the triggers below do.
alter table messages drop constraint messages_session_id_fkey;
alter table messages drop constraint messages_sender_id_fkey;

create function delete_messages_of_chat() returns trigger language plpgsql as $$
begin
  delete from messages where session_id = old.id;
  return null;
end
$$;

create trigger chat_sessions_deleted after delete on chat_sessions
  for each row execute function delete_messages_of_chat();

create function forget_sender() returns trigger language plpgsql as $$
begin
  update messages set sender_id = null where sender_id = old.id;
  return null;
end
$$;

create trigger users_deleted after delete on users for each row execute function forget_sender();
