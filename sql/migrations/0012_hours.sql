-- Hours worked in a range, of everybody.
create index cs_status_history_ended on cs_status_history (ended_at) where ended_at is not null;
