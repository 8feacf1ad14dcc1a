import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { startProxy, type Proxy, type ProxyOptions } from "./proxy.ts";

const START_PATIENCE_MS = 30_000;
const WORDS_KEPT = 200;

type Variables = Partial<NodeJS.ProcessEnv>;

export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  at: number;
}

export interface InstanceOptions {
  name: string;
  /** Folder with build/index.js. */
  root: string;
  databaseUrl: string;
  env: Variables;
  watchDatabase?: ProxyOptions["watch"];
}

export type Instance = Awaited<ReturnType<typeof makeInstance>>;

/**
 * One copy of the program with everything around it that can break: its process, its way to the database, its LISTEN
 * connection's own way, and its door, whose port stays the same over restarts.
 */
export async function makeInstance(options: InstanceOptions) {
  const server = { port: Number(new URL(options.databaseUrl).port) };
  const database = await startProxy({ target: () => server, watch: options.watchDatabase });
  const listen = await startProxy({ target: () => server });
  const front: Proxy = await startProxy({ target: () => (port ? { port } : null) });
  const words: string[] = [];
  let child: ChildProcess | null = null;
  let port: number | null = null;
  let leaving = false;
  /** Started with something of a fault's own, which must not outlive it. */
  let odd = false;
  let ended: Promise<End> = Promise.resolve({ code: 0, signal: null, at: 0 });

  /** `session` is for PostgreSQL's `options`: settings of every connection that this process makes. */
  async function start(env: Variables = {}, session = "") {
    if (child) return;
    leaving = false;
    odd = Object.keys(env).length > 0 || session !== "";
    const mine = (child = spawn(process.execPath, ["--enable-source-maps", "build/index.js"], {
      cwd: options.root,
      env: environment(env, session),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    }));
    for (const stream of [mine.stdout, mine.stderr]) stream?.on("data", (text: Buffer) => remember(String(text)));
    ended = new Promise((resolve) => {
      mine.once("exit", (code, signal) => {
        if (child === mine) child = port = null;
        resolve({ code, signal, at: Date.now() });
      });
    });
    port = await new Promise<number>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${options.name} does not start`)), START_PATIENCE_MS);
      mine.on("message", (message: { listening?: { port: number } }) => {
        if (!message.listening) return;
        clearTimeout(late);
        resolve(message.listening.port);
      });
      mine.once("exit", (code) => {
        clearTimeout(late);
        reject(new Error(`${options.name} ended at its start (${code}):\n${words.slice(-20).join("\n")}`));
      });
    });
  }

  const environment = (env: Variables = {}, session = "") =>
    ({
      PATH: process.env.PATH,
      ...options.env,
      DATABASE_URL: through(options.databaseUrl, database, session),
      DATABASE_LISTEN_URL: through(options.databaseUrl, listen),
      HOST: "127.0.0.1",
      PORT: "0",
      ...env,
    }) as NodeJS.ProcessEnv;

  function remember(text: string) {
    words.push(...text.split("\n").filter(Boolean));
    words.splice(0, words.length - WORDS_KEPT);
  }

  function signal(name: NodeJS.Signals) {
    child?.kill(name);
  }

  /** Asks, and insists after `patienceMs`. */
  async function terminate(patienceMs = 15_000): Promise<End> {
    leaving = true;
    signal("SIGTERM");
    const insist = setTimeout(() => signal("SIGKILL"), patienceMs);
    const end = await ended;
    clearTimeout(insist);
    return end;
  }

  return {
    name: options.name,
    root: options.root,
    environment,
    database,
    listen,
    front,
    start,
    signal,
    get pid() {
      return child?.pid ?? null;
    },
    /** The door itself, without the proxy. */
    get port() {
      return port;
    },
    /** Accepts nobody new, as a balancer's look at its health says. */
    get leaving() {
      return leaving;
    },
    /** How the current or the last process ended. */
    get ended() {
      return ended;
    },
    words: () => [...words],
    /** Chats whose news was lost until the sweep found it, by this process. */
    async sweepFound(): Promise<number> {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/^heradesk_sweep_found_total (\d+)/m.exec(text)?.[1] ?? NaN);
    },
    async kill(): Promise<End> {
      signal("SIGKILL");
      return ended;
    },
    terminate,
    /** Frozen by SIGSTOP, as the kernel sees it. */
    isStopped() {
      return child?.pid !== undefined && /\) T/.test(readFileSync(`/proc/${child.pid}/stat`, "utf8"));
    },
    /** As it was before any fault: running, with clear ways. */
    async heal() {
      for (const way of [database, listen, front]) {
        way.thaw();
        way.throttle(Infinity);
      }
      signal("SIGCONT");
      if (child && odd) await terminate();
      for (let attempt = 1; !child; attempt++) {
        await start().catch((error: unknown) => {
          if (attempt === 5) throw error;
          return delay(500);
        });
      }
    },
    async stop() {
      signal("SIGCONT");
      signal("SIGTERM");
      const insist = setTimeout(() => signal("SIGKILL"), 5_000);
      if (child) await ended;
      clearTimeout(insist);
      await Promise.all([database, listen, front].map((way) => way.stop()));
    },
  };
}

function through(url: string, proxy: Proxy, session = "") {
  const changed = new URL(url);
  changed.port = String(proxy.port);
  if (session) changed.searchParams.set("options", session);
  return changed.href;
}
