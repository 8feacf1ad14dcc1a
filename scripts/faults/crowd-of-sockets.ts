import { setTimeout as delay } from "node:timers/promises";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import type { World } from "./world.ts";

const AT_ONCE = 100;
/** Sockets of one person: enough people, without a database full of them. */
const SOCKETS_EACH = 20;

/** Many customers who have a chat open and say nothing; with `comeBack`, by full-jitter backoff for ever. */
export async function openWaiting(world: World, count: number, { comeBack = false } = {}) {
  const tokens = await makeCustomers(world, Math.ceil(count / SOCKETS_EACH));
  const sockets = new Set<WebSocket>();
  let closing = false;
  let failures = 0;

  /** Past the proxies, which would need as many sockets again. */
  const address = (i: number) => `ws://127.0.0.1:${world.instances[i % world.instances.length]?.port ?? 1}/ws/chat`;

  function open(i: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = new WebSocket(address(i), {
        perMessageDeflate: false,
        handshakeTimeout: 20_000,
        headers: { authorization: `Bearer ${tokens[i % tokens.length]}` },
      });
      socket.on("open", () => (sockets.add(socket), resolve(true)));
      socket.on("error", () => resolve(false));
      socket.on("close", () => {
        if (sockets.delete(socket) && comeBack && !closing) void retry(i);
        resolve(false);
      });
    });
  }

  async function retry(i: number) {
    for (let attempt = 0; !closing; attempt++) {
      await delay(Math.random() * Math.min(8_000, 500 * 2 ** attempt));
      if (closing || (await open(i))) return;
    }
  }

  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) if (!(await open(next++))) failures++;
    }),
  );
  return {
    failures,
    open: () => sockets.size,
    close() {
      closing = true;
      for (const socket of sockets) socket.terminate();
    },
  };
}

async function makeCustomers(world: World, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, () => ({
    id: randomUUID(),
    token: randomBytes(32).toString("base64url"),
  }));
  await world.query("insert into visitors (id, token_hash) select * from unnest($1::uuid[], $2::bytea[])", [
    people.map((p) => p.id),
    people.map((p) => createHash("sha256").update(p.token).digest()),
  ]);
  return people.map((p) => p.token);
}
