-- For the archive: abandoned chats are few, and whatever else is asked of them is soon looked up.
create index chat_sessions_abandoned on chat_sessions (created_at desc) where status = 'abandoned';
