import { exec, sql } from "~/db.server";

interface Crowd {
  /** Seconds ago that the first of them came; the others follow evenly until now. */
  since?: number;
  status?: "waiting" | "resolved";
  messages?: number;
}

/** Many customers with a chat, made in the database at once: for crowds, where coming in by the door would take minutes. */
export async function crowd(count: number, { since = 3_600, status = "waiting", messages = 1 }: Crowd = {}) {
  await exec(sql`
    with people as (
      insert into visitors (id, token_hash, name)
      select gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), 'Guest ' || n
      from generate_series(1, ${count}::integer) n returning id, name
    ), numbered as (
      select id, name, row_number() over (order by length(name), name) as n from people
    ), chats as (
      insert into chat_sessions (id, visitor_id, customer_name, status, queued_at, created_at, last_message_at, ended_at,
        end_reason, last_seq, last_customer_seq)
      select gen_random_uuid(), id, name, ${status}, at, at, at,
        case when ${status} = 'resolved' then at end, case when ${status} = 'resolved' then 'customer' end,
        ${messages}::integer, ${messages}::integer
      from numbered, lateral (
        select now() - make_interval(secs => ${since}::float8 * (1 - (n - 1)::float8 / ${count}::float8)) as at) time
      returning id
    )
    insert into messages (session_id, seq, sender_type, client_id, content)
    select id, seq, 'customer', 'crowd-' || seq, 'Message ' || seq
    from chats, generate_series(1, ${messages}::integer) seq`);
}
