import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { call } from "~/testing/caller";
import { startProgram } from "~/testing/program";
import { openRaw } from "~/testing/raw-socket";
import { startWorld } from "./world";

const world = startWorld();

/** As in a deployment, where there are others to go to. */
const startCopy = () =>
  startProgram({
    databaseUrl: process.env.DATABASE_URL ?? "",
    env: { RATE_LIMIT_FACTOR: "0", LOCAL_TRIAL: "false", NODE_ENV: "test" },
  });

test("SIGTERM: clients are told to come back later, what was accepted is answered, nobody new comes in, exit 0", async () => {
  const leaving = await startCopy();
  const { token, chatId } = await world.customer("Hello");
  const socket = await openRaw(`${leaving.url}/ws/chat`, { Authorization: `Bearer ${token}` });
  const closed = new Promise((resolve) => socket.socket.once("close", resolve));
  await socket.request("chat:resume", { after: 0 });
  const accepted = Array.from({ length: 40 }, (_, i) =>
    socket.request("customer:send_message", { clientId: `d${i}`, content: `m${i}` }),
  );
  await socket.until((f) => f.event === "message:sent");
  const stopped = leaving.stop();
  const drain = await socket.event("system:drain");
  expect(drain.data.reconnectInMs).toBeLessThanOrEqual(5_000);
  expect(await closed).toBe(1012);
  expect(await stopped).toBe(0);
  await expect(openRaw(`${leaving.url}/ws/chat`)).rejects.toThrow();

  // Every frame that had arrived was answered before the door closed.
  const acknowledged = (await Promise.allSettled(accepted)).flatMap((a) => (a.status === "fulfilled" ? [a.value] : []));
  const { body } = await call(world.url, "/api/chat/messages?after=0", { token });
  const stored = new Set((body.messages as { clientId: string }[]).map((m) => m.clientId));
  for (const ack of acknowledged) expect(stored).toContain(ack.data.clientId);
  expect(acknowledged).toHaveLength(40);
  expect(body.sessionId).toBe(chatId);
});

test("who was told to leave is served until they do, and the program ends when the last one has", async () => {
  const leaving = await startCopy();
  const { token } = await world.customer("Hello");
  const socket = await openRaw(`${leaving.url}/ws/chat`, { Authorization: `Bearer ${token}` });
  await socket.request("chat:resume", { after: 0 });
  const began = Date.now();
  const stopped = leaving.stop();
  await socket.event("system:drain");
  const late = await socket.request("customer:send_message", { clientId: "late", content: "still here" });
  expect(late.event).toBe("message:sent");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const later = await socket.request("customer:send_message", { clientId: "later", content: "and here" });
  expect(later.event).toBe("message:sent");
  await socket.close();
  expect(await stopped).toBe(0);
  expect(Date.now() - began).toBeLessThan(10_000);
});

test("a socket that does not read is only a cursor, and gets everything in order when it reads again", async () => {
  const { token } = await world.customer("Hello");
  const slow = await world.open("/ws/chat", token);
  await slow.request("chat:resume", { after: 0 });
  const tcp = (slow.socket as unknown as { _socket: { pause(): void; resume(): void } })._socket;
  tcp.pause();
  const content = "x".repeat(8_000);
  const sends = 900;
  for (let sent = 0; sent < sends; sent += 100) {
    await Promise.all(
      Array.from({ length: 100 }, () =>
        call(world.url, "/api/chat/messages", { token, body: { clientId: randomUUID(), content } }),
      ),
    );
  }
  tcp.resume();
  await slow.until((f) => f.data.message?.seq === sends + 1, 20_000);
  expect(slow.seqs()).toEqual(Array.from({ length: sends + 1 }, (_, i) => i + 1));
});
