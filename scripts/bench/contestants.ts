import { randomUUID } from "node:crypto";
import type { DialectName } from "./load/dialects.ts";
import type { Place } from "./load/seat.ts";
import { agentPlaces, customerPlaces, heradeskEnv, seatPeople } from "./heradesk.ts";
import { script, startServer, type Running } from "./processes.ts";

export type Key = "a" | "b" | "b2" | "c" | "d";

/** A contestant that runs, and where its people go: agents first. */
export interface Stand {
  programs: Running[];
  agents: Place[];
  customers: Place[];
  dialect: DialectName;
  env: Record<string, string>;
  stop(): Promise<void>;
}

export interface Contestant {
  key: Key;
  name: string;
  /** Starts on an empty database, with so many customers in chats. */
  start(databaseUrl: string, customers: number): Promise<Stand>;
}

const CHATS_PER_AGENT = 10;
export const PROGRAM = "build/index.js";

export const contestants: Contestant[] = [
  { key: "a", name: "socket echo, no database", start: (url, n) => reference("echo", url, n) },
  { key: "b", name: "INSERT + NOTIFY for each", start: (url, n) => reference("insert", url, n) },
  { key: "b2", name: "Socket.IO, PostgreSQL adapter", start: (url, n) => reference("socket-io", url, n) },
  { key: "c", name: "HeraDesk, one instance", start: (url, n) => heradesk(url, n, 1) },
  { key: "d", name: "HeraDesk, two instances", start: (url, n) => heradesk(url, n, 2) },
];

async function reference(name: string, databaseUrl: string, customers: number): Promise<Stand> {
  const env = { DATABASE_URL: databaseUrl };
  const program = await startServer(script(`servers/${name}`), env);
  const chats = Array.from({ length: customers }, () => randomUUID());
  const dialect = name === "socket-io" ? "socket-io" : "frames";
  const base = dialect === "socket-io" ? "/socket.io/?EIO=4&transport=websocket&chats=" : "/?chats=";
  const place = (listensTo: string[], chat: string | null): Place => {
    return { port: program.port, path: base + listensTo.join(), chat };
  };
  return {
    programs: [program],
    agents: slices(chats, CHATS_PER_AGENT).map((some) => place(some, null)),
    customers: chats.map((chat) => place([chat], chat)),
    dialect,
    env,
    stop: program.stop,
  };
}

/** Of two instances, one has the customers and the other the agents: every message crosses. */
export async function heradesk(
  databaseUrl: string,
  customers: number,
  instances: 1 | 2,
  { chatsPerAgent = CHATS_PER_AGENT, nodeOptions = [] as string[], settings = {} as Record<string, string> } = {},
): Promise<Stand> {
  const env = { ...heradeskEnv(databaseUrl), ...settings };
  const command = [...nodeOptions, PROGRAM];
  const first = await startServer(command, env);
  const last = instances === 1 ? first : await startServer(command, env);
  const programs = [...new Set([first, last])];
  const people = await seatPeople(databaseUrl, customers, chatsPerAgent);
  return {
    programs,
    agents: await agentPlaces(last.port, people.agents),
    customers: customerPlaces(first.port, people.customers),
    dialect: "frames",
    env,
    stop: async () => void (await Promise.all(programs.map((program) => program.stop()))),
  };
}

function slices<T>(items: T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < items.length; i += size) parts.push(items.slice(i, i + size));
  return parts;
}
