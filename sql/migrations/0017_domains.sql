-- A CHECK of a table is read from its text again by every statement that writes there: for one message alone that was a
-- third of what PostgreSQL did for it. The check of a domain is kept ready, and asked only where its column is written:
-- a message moves its chat's row, and says nothing new about names and addresses. The types come without their checks,
-- so that no row is written again; then each check reads the rows once.
create domain sender_type as text;
create domain message_type as text;
create domain message_visibility as text;
create domain message_text as text;
create domain client_id as text;

create domain chat_status as text;
create domain chat_end_reason as text;
create domain person_name as text;
create domain email_address as text;
create domain page_address as text;
create domain user_agent as text;
create domain time_zone_name as text;
create domain feedback_text as text;
create domain star_rating as smallint;

alter table messages
  drop constraint messages_sender_type_check,
  drop constraint messages_message_type_check,
  drop constraint messages_visibility_check,
  drop constraint messages_content_check,
  drop constraint messages_client_id_check,
  alter column sender_type type sender_type,
  alter column message_type type message_type,
  alter column visibility type message_visibility,
  alter column content type message_text,
  alter column client_id type client_id;

alter table chat_sessions
  drop constraint chat_sessions_status_check,
  drop constraint chat_sessions_end_reason_check,
  drop constraint chat_sessions_customer_name_check,
  drop constraint chat_sessions_customer_email_check,
  drop constraint chat_sessions_source_url_check,
  drop constraint chat_sessions_user_agent_check,
  drop constraint chat_sessions_time_zone_check,
  drop constraint chat_sessions_rating_feedback_check,
  drop constraint chat_sessions_rating_check,
  alter column status type chat_status,
  alter column end_reason type chat_end_reason,
  alter column customer_name type person_name,
  alter column customer_email type email_address,
  alter column source_url type page_address,
  alter column user_agent type user_agent,
  alter column time_zone type time_zone_name,
  alter column rating_feedback type feedback_text,
  alter column rating type star_rating;

alter domain sender_type add check (value in ('customer', 'cs', 'system'));
alter domain message_type add check (value in ('text', 'image', 'file', 'system'));
alter domain message_visibility add check (value in ('all', 'staff'));
alter domain message_text add check (length(value) <= 10000);
alter domain client_id add check (length(value) between 1 and 64);

alter domain chat_status add check (value in ('waiting', 'active', 'resolved', 'abandoned'));
alter domain chat_end_reason add check (value in ('resolved', 'customer', 'idle', 'admin'));
alter domain person_name add check (length(value) <= 80);
alter domain email_address add check (length(value) <= 254);
alter domain page_address add check (length(value) <= 2000);
alter domain user_agent add check (length(value) <= 400);
alter domain time_zone_name add check (length(value) <= 60);
alter domain feedback_text add check (length(value) <= 2000);
alter domain star_rating add check (value between 1 and 5);
