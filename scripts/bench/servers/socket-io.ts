import { createServer } from "node:http";
import { createAdapter } from "@socket.io/postgres-adapter";
import pg from "pg";
import { Server } from "socket.io";
import { ackOf, listen, rowOf, sent as sentShape } from "./frames.ts";

/** (b2) Socket.IO with its PostgreSQL adapter, and one INSERT for each message. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(`create table if not exists socket_io_attachments (
  id bigserial unique, created_at timestamptz default now(), payload bytea)`);
await pool.query(`create table if not exists messages (
  id bigint generated always as identity primary key, chat_id uuid not null, client_id text not null,
  content text not null, created_at timestamptz not null default now(), unique (chat_id, client_id))`);
await pool.query("create index if not exists messages_of_a_chat on messages (chat_id, id)");

const server = createServer();
const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false });
io.adapter(createAdapter(pool));
io.on("connection", (socket) => {
  void socket.join(String(socket.handshake.query.chats).split(","));
  socket.on("send", async (data: unknown, ack: (data: object) => void) => {
    const sent = sentShape.parse(data);
    const { rows } = await pool.query<{ id: string; created_at: Date }>({
      name: "insert",
      text: "insert into messages (chat_id, client_id, content) values ($1, $2, $3) returning id, created_at",
      values: [sent.sessionId, sent.clientId, sent.content],
    });
    const [row] = rows;
    if (!row) return;
    const stored = { seq: row.id, createdAt: row.created_at.toISOString() };
    io.to(sent.sessionId).emit("chat:message", rowOf(sent, stored));
    ack(ackOf(sent, stored));
  });
});
listen(server);
