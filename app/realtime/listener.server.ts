import createSubscriber from "pg-listen";
import { Socket } from "node:net";
import { CHANNEL, INSTANCE_ID } from "~/chat/publish.server";
import { env } from "~/env.server";

const PING_INTERVAL_MS = 5_000;
const PING_LIMIT_MS = 3_000;
const MAX_RETRY_MS = 5_000;
/** Heard by this instance alone. */
const PING_CHANNEL = `heradesk_ping_${INSTANCE_ID}`;
/** How our own wake-ups begin: we know what is in them. */
const OWN = `{"from":"${INSTANCE_ID}"`;

export interface ListenerOptions {
  onWakeUp(payload: unknown): void;
  /** Listening again, after a time of not hearing: everything may have happened. Awaited before we call ourselves healthy. */
  onConnected(): Promise<void> | void;
}

/**
 * Keeps a LISTEN connection for ever. A dead one raises no event when the network swallows it, so it proves itself every
 * 5 s by a notification that must come back over the same connection within 3 s; otherwise it is thrown away.
 * @returns healthy(): it hears, and has caught up; stop().
 */
export function startListener(options: ListenerOptions) {
  let stopped = false;
  let healthy = false;
  let hangUp = () => {};
  let heardFirst = () => {};
  const firstHeard = new Promise<void>((resolve) => (heardFirst = resolve));
  const wait = new AbortController();

  const run = (async () => {
    for (let attempt = 0; !stopped; attempt++) {
      await listenOnce(options, {
        opened: (end) => (hangUp = end),
        healthy: () => {
          healthy = true;
          heardFirst();
          attempt = 0;
        },
      }).catch(() => {});
      healthy = false;
      if (!stopped) await pause(Math.min(100 * 2 ** attempt, MAX_RETRY_MS), wait.signal);
    }
  })();

  return {
    healthy: () => healthy,
    firstHeard,
    async stop() {
      stopped = true;
      wait.abort();
      hangUp();
      await run;
    },
  };
}

/** One connection's life; resolves when it is over. Its own reconnecting is off: one loop, above, is enough. */
async function listenOnce(options: ListenerOptions, life: { opened(end: () => void): void; healthy(): void }) {
  const sockets: Socket[] = [];
  const subscriber = createSubscriber(
    {
      connectionString: env().DATABASE_LISTEN_URL ?? env().DATABASE_URL,
      connectionTimeoutMillis: PING_LIMIT_MS,
      application_name: "heradesk listen",
      // Ours to destroy: a connection in a black hole cannot be closed politely.
      stream: () => {
        const socket = new Socket();
        sockets.push(socket);
        return socket;
      },
    } as Parameters<typeof createSubscriber>[0],
    { retryLimit: 1, paranoidChecking: false, parse: parseOrNull },
  );
  let end = () => {};
  const over = new Promise<void>((resolve) => (end = resolve));
  life.opened(end);
  subscriber.events.on("error", end);
  subscriber.notifications.on(CHANNEL, (payload) => payload !== null && options.onWakeUp(payload));
  let pings: NodeJS.Timeout | undefined;
  try {
    await subscriber.connect();
    for (const socket of sockets) socket.on("close", end);
    await subscriber.listenTo(CHANNEL);
    await subscriber.listenTo(PING_CHANNEL);
    await options.onConnected();
    life.healthy();
    pings = setInterval(() => void ping(subscriber).catch(end), PING_INTERVAL_MS);
    await over;
  } finally {
    clearInterval(pings);
    subscriber.close().catch(() => {});
    for (const socket of sockets) socket.destroy();
  }
}

function ping(subscriber: ReturnType<typeof createSubscriber>): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("the listener did not hear itself")), PING_LIMIT_MS);
    subscriber.notifications.once(PING_CHANNEL, () => {
      clearTimeout(limit);
      resolve();
    });
    subscriber.notify(PING_CHANNEL).catch(reject);
  });
}

/** Anybody with database access can write garbage to a channel; what it may be is for the reader to check. */
function parseOrNull(text: string): unknown {
  if (text.startsWith(OWN)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
