import { connect, createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startProxy, type Proxy } from "./proxy.ts";

let echo: Server;
let proxy: Proxy;
let client: Socket;

beforeEach(async () => {
  echo = createServer((socket) => socket.on("error", () => {}).pipe(socket)).listen(0, "127.0.0.1");
  await once(echo, "listening");
  proxy = await startProxy({ target: () => echo.address() as { port: number } });
  client = connect(proxy.port, "127.0.0.1");
  await once(client, "connect");
});

afterEach(async () => {
  client.destroy();
  await proxy.stop();
  echo.close();
});

const answer = () => once(client, "data").then(([bytes]) => String(bytes));

test("passes both ways", async () => {
  client.write("hello");
  expect(await answer()).toBe("hello");
});

test("cut resets the connection, and a new one works", async () => {
  const reset = new Promise((resolve) => client.on("error", resolve));
  client.write("x");
  await answer();
  expect(proxy.cut()).toBe(1);
  await reset;
  client = connect(proxy.port, "127.0.0.1");
  client.write("again");
  expect(await answer()).toBe("again");
});

test.each(["both", "up", "down"] as const)(
  "frozen %s, nothing comes and nobody is told, until it thaws",
  async (way) => {
    client.write("1");
    await answer();
    proxy.freeze(way);
    const late = answer();
    client.write("held");
    expect(await Promise.race([late, delay(60, "silence")])).toBe("silence");
    proxy.thaw();
    expect(await late).toBe("held");
  },
);

test("throttled, bytes take their time", async () => {
  proxy.throttle(1_000);
  client.write("x".repeat(100));
  await answer();
  const started = performance.now();
  client.write("y");
  await answer();
  expect(performance.now() - started).toBeGreaterThan(60);
});

test("a target that is away refuses", async () => {
  const nowhere = await startProxy({ target: () => null });
  const refused = connect(nowhere.port, "127.0.0.1").on("error", () => {});
  await once(refused, "close");
  await nowhere.stop();
});
