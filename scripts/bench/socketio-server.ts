import { createServer } from "node:http";
import pg from "pg";

interface Socket {
  handshake: { query: Record<string, string | undefined> };
  join(rooms: string[]): void;
  on(event: "send", fn: (message: Sent, ack: (stored: object) => void) => void): void;
}

interface Sent {
  chat: string;
  clientId: string;
  content: string;
}

interface IoServer {
  adapter(adapter: unknown): void;
  on(event: "connection", fn: (socket: Socket) => void): void;
  to(room: string): { emit(event: string, data: object): void };
}

/** (b2) Socket.IO with its PostgreSQL adapter, and one INSERT for each message. Its packages are named at run time, since they may be missing. */
const load = (name: string): Promise<Record<string, unknown>> => import(/* @vite-ignore */ name);
const { Server } = (await load("socket.io")) as { Server: new (server: object, options: object) => IoServer };
const { createAdapter } = (await load("@socket.io/postgres-adapter")) as { createAdapter: (pool: pg.Pool) => unknown };

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(`create table if not exists socket_io_attachments (
  id bigserial unique, created_at timestamptz default now(), payload bytea)`);
await pool.query(`create table if not exists messages (
  id bigint generated always as identity primary key, chat_id uuid not null, client_id text not null,
  content text not null, created_at timestamptz not null default now(), unique (chat_id, client_id))`);

const server = createServer();
const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false });
io.adapter(createAdapter(pool));
io.on("connection", (socket) => {
  const rooms = socket.handshake.query.listen?.split(",") ?? [];
  if (rooms.length > 0) socket.join(rooms);
  socket.on("send", async ({ chat, clientId, content }, ack) => {
    const { rows } = await pool.query<{ id: string; created_at: Date }>({
      name: "insert",
      text: "insert into messages (chat_id, client_id, content) values ($1, $2, $3) returning id, created_at",
      values: [chat, clientId, content],
    });
    io.to(chat).emit("message", { chat, clientId, content, id: rows[0]?.id });
    ack({ id: rows[0]?.id, createdAt: rows[0]?.created_at });
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ listening: { port: (server.address() as { port: number }).port } });
});
process.on("SIGTERM", () => process.exit(0));
