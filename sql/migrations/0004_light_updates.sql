-- Every message moves its chat's row. Columns that change with it must stand in no index: then PostgreSQL writes the new
-- version into the same page and touches none of the table's indexes. What these two answered reads the active chats.
drop index chat_sessions_idle;
drop index chat_sessions_unanswered;
alter table chat_sessions set (fillfactor = 70);
