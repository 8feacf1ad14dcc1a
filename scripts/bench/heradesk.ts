import bcrypt from "bcryptjs";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { query } from "./database.ts";
import type { Place } from "./load/seat.ts";

export const PASSWORD = "a password for the benchmark";
const SIGN_INS_AT_ONCE = 4;

export const heradeskEnv = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  JWT_SECRET: randomBytes(32).toString("hex"),
  JWT_EXPIRES_IN: "12h",
  APP_ORIGIN: "http://127.0.0.1",
  RATE_LIMIT_FACTOR: "0",
  CHAT_IDLE_TIMEOUT: "0",
  LOG_LEVEL: "error",
  DATA_DIR: tmpdir(),
});

interface Chair {
  chat: string;
  visitor: string;
  token: string;
  agent: string;
}

/** Agents and customers, every customer in a chat that an agent has. Their rows only: nobody is connected yet. */
export async function seatPeople(databaseUrl: string, customers: number, chatsPerAgent: number) {
  const names = Array.from({ length: Math.ceil(customers / chatsPerAgent) }, (_, i) => `bench-${i}`);
  const chairs: Chair[] = Array.from({ length: customers }, (_, i) => ({
    chat: randomUUID(),
    visitor: randomUUID(),
    token: randomBytes(32).toString("base64url"),
    agent: names[Math.floor(i / chatsPerAgent)] ?? "",
  }));
  const column = (key: keyof Chair) => chairs.map((chair) => chair[key]);
  await query(databaseUrl, USERS, [names, bcrypt.hashSync(PASSWORD, 4)]);
  const hashes = chairs.map(({ token }) => createHash("sha256").update(token).digest());
  await query(databaseUrl, VISITORS, [column("visitor"), hashes]);
  await query(databaseUrl, CHATS, [column("chat"), column("visitor"), column("agent")]);
  await query(databaseUrl, "analyze users, visitors, chat_sessions");
  return { agents: names, customers: chairs.map(({ chat, token }) => ({ chat, token })) };
}

const USERS = `insert into users (username, name, role, password_hash, max_chats)
  select name, name, 'cs', $2, 1000 from unnest($1::text[]) name`;
const VISITORS = "insert into visitors (id, token_hash) select * from unnest($1::uuid[], $2::bytea[])";
const CHATS = `insert into chat_sessions (id, visitor_id, cs_id, status, assigned_at)
  select s.chat, s.visitor, u.id, 'active', now()
  from unnest($1::uuid[], $2::uuid[], $3::text[]) as s (chat, visitor, agent) join users u on u.username = s.agent`;

/** Agents at their desks, in the order of their names. */
export async function agentPlaces(port: number, names: string[]): Promise<Place[]> {
  const places: Place[] = [];
  for (let i = 0; i < names.length; i += SIGN_INS_AT_ONCE) {
    const tokens = await Promise.all(names.slice(i, i + SIGN_INS_AT_ONCE).map((name) => signIn(port, name)));
    places.push(...tokens.map((token) => ({ port, path: "/ws/cs", token, chat: null, ...AT_DESK })));
  }
  return places;
}

const AT_DESK = {
  hello: JSON.stringify({ event: "cs:set_status", data: { status: "online" } }),
  welcome: '{"event":"cs:connected"',
};

export async function signIn(port: number, username: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}

/** Customers who resume their chats, as the browser client does when it opens. */
export const customerPlaces = (port: number, customers: { chat: string; token: string }[]): Place[] =>
  customers.map(({ chat, token }) => ({
    port,
    path: "/ws/chat",
    token,
    chat,
    hello: JSON.stringify({ event: "chat:resume", data: { sessionId: chat, after: 0 }, requestId: "hello" }),
    welcome: '{"event":"chat:resumed"',
  }));
