import { once } from "node:events";
import { WebSocket } from "ws";
import { query } from "./database.ts";
import type { Place } from "./load/seat.ts";

const PATIENCE_MS = 30_000;
const ASSIGNED = '{"event":"chat:assigned"';

/** A customer who waits, and hears when somebody is found. */
export interface Waiter {
  chat: string;
  /** When `chat:assigned` came, and whose the chat is now. */
  assigned: Promise<{ at: number; csId: number }>;
  leave(): void;
}

export interface AgentAtDesk {
  id: number;
  chats: string[];
  /** @returns when it was answered. */
  ask(event: string, data?: object): Promise<void>;
}

/** A socket that answers only for what it is asked about: everything else that comes in is not even read. */
async function open({ port, path, token }: { port: number; path: string; token?: string }) {
  const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers, skipUTF8Validation: true });
  const answers = new Map<string, (frame: { event: string; data: Record<string, unknown> }) => void>();
  let count = 0;
  let onAssigned = (_: { at: number; csId: number }) => {};
  const assigned = new Promise<{ at: number; csId: number }>((resolve) => (onAssigned = resolve));
  socket.on("message", (data) => {
    const bytes = data as Buffer;
    if (bytes.length > 4_096) return;
    const text = bytes.toString();
    if (text.startsWith(ASSIGNED)) {
      onAssigned({ at: performance.now(), csId: (JSON.parse(text) as { data: { cs: { id: number } } }).data.cs.id });
    }
    const requestId = /"requestId":"(q\d+)"/.exec(text)?.[1];
    if (requestId) answers.get(requestId)?.(JSON.parse(text));
  });
  socket.on("error", () => {});
  await once(socket, "open");
  return {
    assigned,
    leave: () => socket.terminate(),
    ask(event: string, data: object = {}) {
      const requestId = `q${++count}`;
      return new Promise<Record<string, unknown>>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${event} is not answered`)), PATIENCE_MS);
        answers.set(requestId, (frame) => {
          clearTimeout(late);
          answers.delete(requestId);
          if (frame.event === "system:error") reject(new Error(`${event}: ${JSON.stringify(frame.data)}`));
          else resolve(frame.data);
        });
        socket.send(JSON.stringify({ event, data, requestId }));
      });
    },
  };
}

/** Comes in by the door, as one more at the end of the queue. */
export async function comeIn(port: number): Promise<Waiter> {
  const socket = await open({ port, path: "/ws/chat" });
  const { sessionId } = await socket.ask("customer:start_chat", { message: "Hello" });
  return { chat: String(sessionId), assigned: socket.assigned, leave: socket.leave };
}

/** Agents with everything they hold, as the database knows it, each at a desk. */
export async function sitDown(places: Place[], databaseUrl: string): Promise<Map<number, AgentAtDesk>> {
  const held = await query<{ id: string; chats: string[] }>(
    databaseUrl,
    `select u.id, array_agg(s.id::text) as chats from users u join chat_sessions s on s.cs_id = u.id
     where s.status = 'active' group by u.id, u.username order by length(u.username), u.username`,
  );
  const desks = new Map<number, AgentAtDesk>();
  for (const [i, { port, path, token }] of places.entries()) {
    const { id = "", chats = [] } = held[i] ?? {};
    const socket = await open({ port, path, token });
    await socket.ask("cs:set_status", { status: "online" });
    desks.set(Number(id), { id: Number(id), chats, ask: async (event, data) => void (await socket.ask(event, data)) });
  }
  return desks;
}
