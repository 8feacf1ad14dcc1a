import bcrypt from "bcryptjs";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { query } from "./database.ts";

const PASSWORD = "a password for the benchmark";

export const heradeskEnv = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  JWT_SECRET: randomBytes(32).toString("hex"),
  APP_ORIGIN: "http://127.0.0.1",
  RATE_LIMIT_FACTOR: "0",
  LOG_LEVEL: "error",
  DATA_DIR: tmpdir(),
});

/** Agents and customers, straight into the database, every customer in a chat that an agent has. */
export async function seatPeople(databaseUrl: string, customers: number, chatsPerAgent: number) {
  const run = randomBytes(4).toString("hex");
  const agents = Array.from(
    { length: Math.max(1, Math.ceil(customers / chatsPerAgent)) },
    (_, i) => `bench-${run}-${i}`,
  );
  const seats = Array.from({ length: customers }, (_, i) => ({
    chat: randomUUID(),
    visitor: randomUUID(),
    token: randomBytes(32).toString("base64url"),
    agent: agents[Math.floor(i / chatsPerAgent)] ?? "",
  }));
  await query(
    databaseUrl,
    `insert into users (username, name, role, password_hash, max_chats)
     select name, name, 'cs', $2, 1000 from unnest($1::text[]) name`,
    [agents, bcrypt.hashSync(PASSWORD, 4)],
  );
  await query(databaseUrl, "insert into visitors (id, token_hash) select * from unnest($1::uuid[], $2::bytea[])", [
    seats.map((s) => s.visitor),
    seats.map((s) => createHash("sha256").update(s.token).digest()),
  ]);
  await query(
    databaseUrl,
    `insert into chat_sessions (id, visitor_id, cs_id, status, assigned_at)
     select s.chat, s.visitor, u.id, 'active', now()
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as s (chat, visitor, agent) join users u on u.username = s.agent`,
    [seats.map((s) => s.chat), seats.map((s) => s.visitor), seats.map((s) => s.agent)],
  );
  return { agents, customers: seats.map(({ chat, token }) => ({ chat, token })) };
}

export async function agentToken(port: number, username: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}
