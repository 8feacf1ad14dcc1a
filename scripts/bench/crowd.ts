import { WebSocket } from "ws";
import { setTimeout as delay } from "node:timers/promises";
import { dialects } from "./dialects.ts";

/** Where one socket goes: a customer speaks in their chat, an agent listens. */
export interface Place {
  url: string;
  token?: string;
  /** null for agents. */
  chat: string | null;
  /** Frames to send when open, beside what the dialect says. */
  hello?: string[];
}

export interface Customer {
  chat: string;
  send(n: number): void;
}

export type Crowd = ReturnType<typeof openCrowd>;

const OPEN_PATIENCE_MS = 20_000;
const BACKOFF_MS = 500;
const BACKOFF_CAP_MS = 8_000;

/** Many sockets, as cheap as they can be. */
export function openCrowd(places: Place[], language: keyof typeof dialects) {
  const dialect = dialects[language];
  const sockets = new Map<Place, WebSocket>();
  let closing = false;
  let onDropped = (_place: Place) => {};
  const heard = {
    acked: (_n: number) => {},
    seen: (_n: number) => {},
    refused: (_n: number) => {},
  };

  function open(place: Place): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(place.url, {
        perMessageDeflate: false,
        handshakeTimeout: OPEN_PATIENCE_MS,
        headers: place.token ? { authorization: `Bearer ${place.token}` } : {},
      });
      const customer = place.chat !== null;
      let welcomed = false;
      socket.on("open", () => {
        for (const frame of [...dialect.hello, ...(place.hello ?? [])]) socket.send(frame);
        if (dialect.welcome === null) welcome();
      });
      socket.on("message", (data: Buffer) => {
        const text = data.toString("latin1");
        const word = dialect.read(text);
        if (!welcomed && dialect.welcome && text.startsWith(dialect.welcome)) welcome();
        if (word?.what === "ack") heard.acked(word.n);
        else if (word?.what === "refused") heard.refused(word.n);
        else if (word?.what === "seen" && !customer) heard.seen(word.n);
        else if (word?.what === "ping") socket.send(word.answer);
      });
      socket.on("error", reject);
      socket.on("close", () => {
        if (sockets.get(place) === socket) sockets.delete(place);
        reject(new Error("closed"));
        if (welcomed && !closing) onDropped(place);
      });
      function welcome() {
        welcomed = true;
        sockets.set(place, socket);
        resolve();
      }
    });
  }

  async function connect(atOnce: number) {
    const started = performance.now();
    const left = [...places];
    let failures = 0;
    const one = async () => {
      for (let place = left.pop(); place; place = left.pop()) {
        await open(place).catch(() => failures++);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    return { opened: sockets.size, failures, ms: performance.now() - started };
  }

  return {
    dialect,
    heard,
    connect,
    customers: (): Customer[] =>
      places.flatMap((place) => {
        const { chat } = place;
        return chat === null ? [] : [{ chat, send: (n: number) => sockets.get(place)?.send(dialect.send(n, chat)) }];
      }),

    /** Waits until everybody has been thrown out and is back, each by full-jitter backoff. */
    async comeBack(patienceMs: number) {
      const out = new Set<Place>();
      let firstDrop = 0;
      let tries = 0;
      onDropped = (place) => {
        firstDrop ||= performance.now();
        out.add(place);
        void retry(place);
      };
      const retry = async (place: Place) => {
        for (let attempt = 0; !closing; attempt++) {
          await delay(Math.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_MS * 2 ** attempt));
          tries++;
          const back = await open(place).then(
            () => true,
            () => false,
          );
          if (back) return;
        }
      };
      const until = performance.now() + patienceMs;
      while (performance.now() < until && !(out.size === places.length && sockets.size === places.length))
        await delay(20);
      onDropped = () => {};
      return { dropped: out.size, back: sockets.size, tries, ms: performance.now() - firstDrop };
    },

    close() {
      closing = true;
      for (const socket of sockets.values()) socket.terminate();
    },
  };
}
