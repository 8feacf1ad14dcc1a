import { createServer } from "node:http";
import pg from "pg";
import { WebSocketServer, type WebSocket } from "ws";

/** (b) What one writes first: a pool, one INSERT with its NOTIFY for each message, LISTEN to deliver. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const agentOf = new Map<string, WebSocket>();

const INSERT = `
  with stored as (
    insert into messages (chat_id, client_id, content) values ($1, $2, $3) returning id, created_at
  )
  select id, created_at, pg_notify('messages', json_build_object(
    'chat', $1::uuid, 'clientId', $2::text, 'content', $3::text, 'id', id)::text) from stored`;

sockets.on("connection", (socket, request) => {
  const url = new URL(request.url ?? "/", "http://here");
  for (const chat of url.searchParams.get("listen")?.split(",") ?? []) agentOf.set(chat, socket);
  socket.on("message", (data) => void store(socket, String(data)));
});

async function store(socket: WebSocket, frame: string) {
  const { data, requestId } = JSON.parse(frame) as {
    data: { sessionId: string; clientId: string; content: string };
    requestId: string;
  };
  const { sessionId, clientId, content } = data;
  const { rows } = await pool.query<{ id: string; created_at: Date }>({
    name: "insert",
    text: INSERT,
    values: [sessionId, clientId, content],
  });
  const answer = { sessionId, clientId, seq: rows[0]?.id, createdAt: rows[0]?.created_at };
  socket.send(JSON.stringify({ event: "message:sent", data: answer, requestId }));
}

await pool.query(`create table if not exists messages (
  id bigint generated always as identity primary key, chat_id uuid not null, client_id text not null,
  content text not null, created_at timestamptz not null default now(), unique (chat_id, client_id))`);
const listener = new pg.Client({ connectionString: process.env.DATABASE_URL });
await listener.connect();
await listener.query("listen messages");
listener.on("notification", ({ payload = "{}" }) => {
  const { chat, ...message } = JSON.parse(payload) as { chat: string; clientId: string; content: string; id: number };
  agentOf.get(chat)?.send(JSON.stringify({ event: "chat:message", data: { sessionId: chat, message } }));
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ listening: { port: (server.address() as { port: number }).port } });
});
process.on("SIGTERM", () => process.exit(0));
