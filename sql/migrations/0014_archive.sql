-- For the archive's filters: long waits and single ratings are few, and found without reading all chats. A chat that is
-- still waiting counts as waiting for ever here, since an index knows no now().
create index chat_sessions_waited on chat_sessions
  ((coalesce(picked_up_at, assigned_at, ended_at, timestamptz '9999-01-01 00:00:00+00') - created_at));
create index chat_sessions_rated on chat_sessions (rating, created_at desc, id desc) where rating is not null;
