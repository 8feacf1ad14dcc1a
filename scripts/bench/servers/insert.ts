import pg from "pg";
import { ackOf, frameOf, rowOf, type Sent } from "./frames.ts";
import { openRooms } from "./rooms.ts";

/** (b) What one writes first: a pool, one INSERT with its NOTIFY for each message in one transaction, LISTEN to deliver. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const INSERT = `
  with stored as (
    insert into messages (chat_id, client_id, content) values ($1, $2, $3) returning id, created_at
  )
  select id, created_at, pg_notify('messages', json_build_object('sessionId', $1::uuid, 'clientId', $2::text,
    'content', $3::text, 'seq', id, 'createdAt', created_at)::text) from stored`;

await pool.query(`create table if not exists messages (
  id bigint generated always as identity primary key, chat_id uuid not null, client_id text not null,
  content text not null, created_at timestamptz not null default now(), unique (chat_id, client_id))`);
await pool.query("create index if not exists messages_of_a_chat on messages (chat_id, id)");

const rooms = openRooms(async (socket, sent, requestId) => {
  const { rows } = await pool.query<{ id: string; created_at: Date }>({
    name: "insert",
    text: INSERT,
    values: [sent.sessionId, sent.clientId, sent.content],
  });
  const [row] = rows;
  if (!row) return;
  const stored = { seq: row.id, createdAt: row.created_at.toISOString() };
  socket.send(frameOf("message:sent", ackOf(sent, stored), requestId));
});

const listener = new pg.Client({ connectionString: process.env.DATABASE_URL });
await listener.connect();
await listener.query("listen messages");
listener.on("notification", ({ payload = "{}" }) => {
  const { seq, createdAt, ...sent } = JSON.parse(payload) as Sent & { seq: number; createdAt: string };
  rooms.tell(sent.sessionId, frameOf("chat:message", rowOf(sent, { seq, createdAt })));
});
