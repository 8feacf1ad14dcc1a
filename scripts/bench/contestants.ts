import { existsSync } from "node:fs";
import { randomUUID } from "node:crypto";
import type { Place } from "./crowd.ts";
import type { dialects } from "./dialects.ts";
import { agentToken, heradeskEnv, seatPeople } from "./heradesk.ts";
import { script, startServer, type Running } from "./processes.ts";

export interface Stand {
  programs: Running[];
  places: Place[];
  dialect: keyof typeof dialects;
  stop(): Promise<void>;
}

export interface Contestant {
  key: "a" | "b" | "b2" | "c" | "d";
  name: string;
  /** Why it cannot take part here; null when it can. */
  missing(): string | null;
  /** Starts on an empty database, with so many customers in their chats. */
  start(databaseUrl: string, customers: number): Promise<Stand>;
}

const CHATS_PER_AGENT = 50;

export const contestants: Contestant[] = [
  {
    key: "a",
    name: "socket echo, no database",
    missing: () => null,
    start: (url, n) => reference("echo-server", url, n),
  },
  {
    key: "b",
    name: "INSERT + NOTIFY each",
    missing: () => null,
    start: (url, n) => reference("insert-server", url, n),
  },
  {
    key: "b2",
    name: "Socket.IO + PostgreSQL adapter",
    missing() {
      const packages = ["socket.io", "@socket.io/postgres-adapter"].filter((p) => !existsSync(`node_modules/${p}`));
      return packages.length > 0 ? `not installed: ${packages.join(", ")}` : null;
    },
    start: (url, n) => reference("socketio-server", url, n, "socketio"),
  },
  { key: "c", name: "HeraDesk, one instance", missing: () => null, start: (url, n) => heradesk(url, n, 1) },
  { key: "d", name: "HeraDesk, two instances", missing: () => null, start: (url, n) => heradesk(url, n, 2) },
];

async function reference(
  file: string,
  databaseUrl: string,
  customers: number,
  dialect: Stand["dialect"] = "heradesk",
): Promise<Stand> {
  const program = await startServer(script(file), { DATABASE_URL: databaseUrl });
  const chats = Array.from({ length: customers }, () => randomUUID());
  const path = dialect === "socketio" ? "/socket.io/?EIO=4&transport=websocket&" : "/?";
  const base = `ws://127.0.0.1:${program.port}${path}`;
  const agents = slices(chats).map((listen) => ({ url: `${base}listen=${listen.join()}`, chat: null }));
  const places = [...agents, ...chats.map((chat) => ({ url: base, chat }))];
  return { programs: [program], places, dialect, stop: program.stop };
}

/** Of two instances, one has the customers and the other the agents: every message crosses. */
export async function heradesk(
  databaseUrl: string,
  customers: number,
  instances: 1 | 2,
  nodeFlags: string[] = [],
): Promise<Stand> {
  const programs: Running[] = [];
  const env = heradeskEnv(databaseUrl);
  for (let i = 0; i < instances; i++) programs.push(await startServer([...nodeFlags, "build/index.js"], env));
  const [first, last] = [programs[0]?.port ?? 0, programs.at(-1)?.port ?? 0];
  const people = await seatPeople(databaseUrl, customers, CHATS_PER_AGENT);
  const places: Place[] = people.customers.map(({ chat, token }) => ({
    url: `ws://127.0.0.1:${first}/ws/chat`,
    token,
    chat,
    hello: [JSON.stringify({ event: "chat:resume", data: { sessionId: chat, after: 0 }, requestId: "hello" })],
  }));
  for (const username of people.agents) {
    places.unshift({ url: `ws://127.0.0.1:${last}/ws/cs`, token: await agentToken(last, username), chat: null });
  }
  return {
    programs,
    places,
    dialect: "heradesk",
    stop: async () => void (await Promise.all(programs.map((program) => program.stop()))),
  };
}

function slices(chats: string[]): string[][] {
  const parts: string[][] = [];
  for (let i = 0; i < chats.length; i += CHATS_PER_AGENT) parts.push(chats.slice(i, i + CHATS_PER_AGENT));
  return parts;
}
