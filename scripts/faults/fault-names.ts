import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import { arrive } from "./cast.ts";
import type { CustomerPage } from "./page.ts";
import { pick } from "./random.ts";
import type { Fault, Stage } from "./scenario.ts";
import type { Door } from "./world.ts";

const TWINS = 50;

/** Faults of names: what a browser, a person or a stranger can do with a clientId. */
export const nameFaults: Fault[] = [
  {
    id: 17,
    nothingToSweep: true,
    name: `same clientId ×${TWINS}, both instances, both doors`,
    async run(stage) {
      for (let round = 0; round < (stage.short ? 4 : 20); round++) {
        const page = pick(stage.random, stage.cast.customers);
        const text = `twins ${round} ${Date.now()}`;
        const sends = await Promise.all(
          Array.from({ length: TWINS }, (_, i) => sendRaw(stage, page, `twin-${text.replaceAll(" ", "-")}`, text, i)),
        );
        const places = new Set(sends.filter((seq) => seq !== null));
        const acked = sends.filter((seq) => seq !== null).length;
        if (acked > 1) stage.bite();
        stage.claim("all twins are acknowledged at one place", places.size === 1, `${acked} at ${places.size} places`);
      }
    },
  },
  {
    id: 18,
    name: "same clientId, other text",
    async run(stage) {
      for (let round = 0; round < 20; round++) {
        const page = pick(stage.random, stage.cast.customers);
        const name = `other-text-${round}-${Date.now()}`;
        const first = await sendRaw(stage, page, name, `${name} first`, round);
        const second = await sendRaw(stage, page, name, `${name} second`, round + 1);
        if (first !== null && second !== null) stage.bite();
        stage.claim("the repetition gets the first one's place", first === second, `${first} and ${second}`);
        const stored = await stage.world.query<{ content: string }>(
          "select content from messages where session_id = $1 and client_id = $2",
          [page.chat, name],
        );
        const text = stored.map((row) => row.content).join();
        stage.claim("the first text stands", text === `${name} first`, text);
      }
    },
  },
  {
    id: 19,
    name: "same clientId from another customer",
    async run(stage) {
      for (let round = 0; round < 10; round++) {
        const [one, other] = [stage.cast.customers[0], stage.cast.customers[1]];
        if (!one || !other) return;
        const name = `shared-${round}-${Date.now()}`;
        const places = await Promise.all([
          sendRaw(stage, one, name, `${name} by one`, round),
          sendRaw(stage, other, name, `${name} by the other`, round + 1),
        ]);
        if (places.every((seq) => seq !== null)) stage.bite();
        const rows = await stage.world.query<{ session_id: string; content: string }>(
          "select session_id, content from messages where client_id = $1",
          [name],
        );
        const own = rows.every((r) => r.content.endsWith(r.session_id === one.chat ? "by one" : "by the other"));
        stage.claim("each is stored once, in its own chat", rows.length === 2 && own, `${rows.length} rows`);
      }
      // A stranger who names somebody's chat gets nothing and changes nothing.
      const [victim] = stage.cast.customers;
      const stranger = await arrive(stage.world, stage.record, `stranger-${Date.now()}`);
      const response = await post(stage, stranger.token, {
        sessionId: victim?.chat,
        clientId: "theft",
        content: "theft",
      });
      const stolen = await stage.world.query("select 1 from messages where session_id = $1 and client_id = 'theft'", [
        victim?.chat,
      ]);
      stage.claim("a stranger cannot write there", stolen.length === 0, `${response.status}`);
    },
  },
];

/** Sends past the browser's client, and writes the attempt and the answer down. @returns the acknowledged place. */
async function sendRaw(stage: Stage, page: CustomerPage, clientId: string, text: string, turn: number) {
  const { record } = stage;
  const sender = `customer:${page.person.name}`;
  const line = { chat: page.chat, side: "customer" as const, clientId };
  record.attempt({ ...line, sender, text, at: Date.now(), unordered: true, left: "told" });
  for (let tries = 0; tries < 5; tries++) {
    const send = turn % 2 === 0 ? overHttp : overSocket;
    const seq = await send(stage, page, clientId, text, turn % 4 < 2 ? "a" : "b").catch(() => null);
    if (seq === null) {
      await delay(200);
      continue;
    }
    record.ack({ ...line, seq });
    return seq;
  }
  return null;
}

async function overHttp(stage: Stage, page: CustomerPage, clientId: string, content: string, door: Door) {
  const response = await post(stage, page.person.token, { clientId, content }, door);
  const answer = (await response.json()) as { message?: { seq: number } };
  return answer.message?.seq ?? null;
}

function post(stage: Stage, token: string, body: object, door: Door = "any") {
  return fetch(`${stage.world.http(door)}/api/chat/messages`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(8_000),
  });
}

function overSocket(stage: Stage, page: CustomerPage, clientId: string, content: string, door: Door) {
  return new Promise<number | null>((resolve, reject) => {
    const url = `${stage.world.http(door).replace("http", "ws")}/ws/chat`;
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${page.person.token}` } });
    const late = setTimeout(() => socket.terminate(), 8_000);
    socket.on("open", () =>
      socket.send(JSON.stringify({ event: "customer:send_message", requestId: "1", data: { clientId, content } })),
    );
    socket.on("message", (text) => {
      const frame = JSON.parse(String(text)) as { requestId?: string; data?: { seq?: number } };
      if (frame.requestId !== "1") return;
      resolve(frame.data?.seq ?? null);
      socket.close();
    });
    socket.on("error", reject);
    socket.on("close", () => (clearTimeout(late), resolve(null)));
  });
}
