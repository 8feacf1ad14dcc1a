import { afterAll, beforeAll } from "vitest";
import { signAccessToken } from "~/auth/access-token.server";
import { hire } from "~/testing/cast.server";
import { call } from "~/testing/caller";
import { freshDatabase } from "~/testing/database.server";
import { startProgram, type Program } from "~/testing/program";
import { openRaw, type RawSocket } from "~/testing/raw-socket";

export interface World {
  instances: Program[];
  /** The address of instance 0. */
  readonly url: string;
  /** kill -9, and another start, on another port. */
  crash(instance: number): Promise<void>;
  /** One more instance. */
  join(): Promise<void>;
  /** An agent with a bearer token. */
  agent(
    name: string,
    role?: "cs" | "admin",
    maxChats?: number,
  ): Promise<{ token: string; userId: number; name: string }>;
  open(path: string, token?: string, instance?: number): Promise<RawSocket>;
  /** A customer with an open chat, through HTTP. */
  customer(message: string, name?: string): Promise<{ token: string; chatId: string }>;
}

type Variables = Record<string, string>;

/**
 * One database and one or more instances of the built program for a test file; all end with it. `env` may differ from
 * instance to instance.
 */
export function startWorld(count = 1, env: Variables | ((instance: number) => Variables) = {}): World {
  const instances: Program[] = [];
  const sockets: RawSocket[] = [];
  beforeAll(async () => {
    const end = await freshDatabase();
    for (let i = 0; i < count; i++) instances.push(await start(i));
    return end;
  });
  // Before the hook above drops the database: hooks end in reverse.
  afterAll(async () => {
    for (const s of sockets) s.socket.terminate();
    await Promise.all(instances.map((i) => i.stop()));
  });
  const start = (i: number) =>
    startProgram({
      databaseUrl: process.env.DATABASE_URL ?? "",
      env: { RATE_LIMIT_FACTOR: "0", ...(typeof env === "function" ? env(i) : env) },
    });
  const urlOf = (i = 0) => instances[i]?.url ?? "";
  return {
    instances,
    get url() {
      return urlOf();
    },
    async crash(instance) {
      await instances[instance]?.kill();
      instances[instance] = await start(instance);
    },
    async join() {
      instances.push(await start(instances.length));
    },
    async agent(name, role = "cs", maxChats = 50) {
      const staff = await hire(name, role, maxChats);
      return { token: await signAccessToken(staff.userId, staff.sid), userId: staff.userId, name: staff.name };
    },
    async open(path, token, instance = 0) {
      const socket = await openRaw(urlOf(instance) + path, token ? { Authorization: `Bearer ${token}` } : {});
      sockets.push(socket);
      return socket;
    },
    async customer(message, customerName) {
      const { body } = await call(urlOf(), "/api/chat/init", { body: { message, customerName } });
      return { token: body.customerToken, chatId: body.sessionId };
    },
  };
}
