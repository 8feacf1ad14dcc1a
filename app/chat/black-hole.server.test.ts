import { beforeAll, expect, test } from "vitest";
import { customerInChat } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { startProxy, type Proxy } from "../../scripts/faults/proxy";
import { publisherIdle } from "./publish.server";
import { sendMessage } from "./send-message.server";

let proxy: Proxy;

beforeAll(async () => {
  const end = await freshDatabase();
  const address = new URL(process.env.DATABASE_URL ?? "");
  const target = { host: address.hostname, port: Number(address.port) };
  proxy = await startProxy({ target: () => target });
  address.port = String(proxy.port);
  process.env.DATABASE_URL = address.href;
  return async () => {
    await proxy.stop();
    await end();
  };
});

test.each(["both", "down"] as const)("a black hole (%s) is given up in time, and nothing stored twice", async (way) => {
  const { customer, chatId } = await customerInChat();
  const send = (i: number) => sendMessage(customer, { sessionId: chatId, clientId: `h${i}`, content: "x" });
  const { message } = await send(0);
  await publisherIdle();
  expect(proxy.freeze(way)).toBeGreaterThan(0);
  const sent = await Promise.all(Array.from({ length: 20 }, (_, i) => send(i)));
  proxy.thaw();
  expect(sent.map((one) => one.message.seq)).toEqual(sent.map((_, i) => message.seq + i));
});
