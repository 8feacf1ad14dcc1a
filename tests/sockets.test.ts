import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { call } from "~/testing/caller";
import { openRaw } from "~/testing/raw-socket";
import { startWorld } from "./world";

const world = startWorld();

describe("who may open a socket", () => {
  test("anybody as a customer, staff at /ws/cs, only admins at /ws/admin", async () => {
    const [ina, root] = [await world.agent("ina"), await world.agent("root", "admin")];
    await (await world.open("/ws/chat")).close();
    await (await world.open("/ws/cs", ina.token)).close();
    await (await world.open("/ws/admin", root.token)).close();
    await expect(world.open("/ws/cs")).rejects.toThrow("refused 401");
    await expect(world.open("/ws/admin", ina.token)).rejects.toThrow("refused 403");
    await expect(world.open("/ws/cs", "not.a.token")).rejects.toThrow("refused 401");
    await expect(world.open("/ws/else", ina.token)).rejects.toThrow("refused 404");
  });

  test("no page of another site, and no cookie without an origin", async () => {
    const { token } = await world.customer("Hello");
    const cookie = { Cookie: `hd_customer=${token}` };
    const open = (headers: Record<string, string>) => openRaw(`${world.url}/ws/chat`, { ...cookie, ...headers });
    for (const Origin of ["https://evil.example", "null", `${world.url}.evil.example`, "http://127.0.0.1:1"]) {
      await expect(open({ Origin })).rejects.toThrow("refused 403");
    }
    await expect(open({})).rejects.toThrow("refused 403");
    const rightful = await open({ Origin: world.url });
    await rightful.request("chat:resume", { after: 0 });
    expect(rightful.texts()).toContain("Hello");
    await rightful.close();
  });
});

describe("frames", () => {
  test("each wrong one is answered, the third in a row ends the socket", async () => {
    const socket = await world.open("/ws/chat");
    const closed = new Promise((resolve) => socket.socket.once("close", resolve));
    for (const raw of ["{", "[]", '{"event":"__proto__","requestId":7}']) socket.socket.send(raw);
    expect(await closed).toBe(1008);
    const errors = socket.frames.filter((f) => f.event === "system:error");
    expect(errors.map((f) => f.data.code)).toEqual(["BAD_FRAME", "BAD_FRAME", "UNKNOWN_EVENT"]);
    expect(errors.at(-1)?.requestId).toBe(7);
  });

  test("a good one in between starts the count again", async () => {
    const socket = await world.open("/ws/chat");
    await socket.request("customer:start_chat", { message: "Hello" });
    for (let i = 0; i < 4; i++) {
      socket.socket.send("{");
      expect(await socket.request("customer:send_message", { clientId: `ok${i}`, content: "x" })).toMatchObject({
        event: "message:sent",
      });
    }
    await socket.close();
  });

  test("a number that no column holds is refused like any other, at every door", async () => {
    const socket = await world.open("/ws/chat");
    const started = await socket.request("customer:start_chat", { message: "Hello" });
    const { sessionId, customerToken: token } = started.data as { sessionId: string; customerToken: string };
    for (const [event, data] of [
      ["customer:read", { seq: 2 ** 31 }],
      ["customer:send_message", { clientId: "far", content: "x", expectedSeq: 2 ** 31 }],
      ["customer:edit_message", { sessionId, seq: 2 ** 31, content: "x" }],
    ] as const) {
      expect((await socket.request(event, data)).data).toMatchObject({ code: "INVALID" });
    }
    await socket.close();
    const read = (path: string, by: string, seq: number) => call(world.url, path, { token: by, body: { seq } });
    const { token: agent } = await world.agent("nia");
    expect((await read("/api/chat/read", token, 2 ** 31)).status).toBe(400);
    expect((await read("/api/chat/read", token, 1)).status).toBe(200);
    expect((await read("/api/cs/chats/0/read", agent, 1)).status).toBe(404);
  });

  test("the wrong shape names the field", async () => {
    const socket = await world.open("/ws/chat");
    const answer = await socket.request("customer:send_message", { clientId: "a" });
    expect(answer).toMatchObject({ event: "system:error", data: { code: "INVALID" } });
    expect(answer.data.fields).toHaveProperty("content");
    await socket.close();
  });

  test("one that is too large closes with 1009", async () => {
    const socket = await world.open("/ws/chat");
    const closed = new Promise((resolve) => socket.socket.once("close", resolve));
    socket.socket.send("x".repeat(70_000));
    expect(await closed).toBe(1009);
  });
});

test("more than can be carried is refused at once with a hint, what was accepted is stored, once and in order", async () => {
  const crowd = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const { token, chatId } = await world.customer(`crowd ${i}`);
      return { chatId, socket: await world.open("/ws/chat", token) };
    }),
  );
  // Nobody's write can end, so that everything piles up.
  const blocker = await db().connect();
  await blocker.query("begin");
  await blocker.query("select 1 from chat_sessions for update");
  const sends = crowd.flatMap(({ socket, chatId }) =>
    Array.from({ length: 150 }, (_, i) =>
      socket.request("customer:send_message", { sessionId: chatId, clientId: `c${i}`, content: `m${i}` }),
    ),
  );
  const refused = await Promise.any(
    sends.map((send) => send.then((f) => (f.event === "system:error" ? f : Promise.reject(new Error())))),
  );
  expect(refused.data).toMatchObject({ code: "OVERLOADED", retryAfterSeconds: 1 });
  await blocker.query("rollback");
  blocker.release();
  const answers = await Promise.all(sends);
  const accepted = answers.filter(({ event }) => event === "message:sent");
  expect(accepted.length).toBeGreaterThanOrEqual(500);
  expect(accepted.length).toBeLessThan(1_000);
  const ids = crowd.map(({ chatId }) => chatId);
  const { rows } = await db().query(
    "select session_id, content from messages where session_id = any ($1) and seq > 1 order by session_id, seq",
    [ids],
  );
  expect(rows).toHaveLength(accepted.length);
  for (const id of ids) {
    const texts = rows.flatMap((row) => (row.session_id === id ? [Number(row.content.slice(1))] : []));
    expect(texts).toEqual([...texts].sort((x, y) => x - y));
    // Those who send much leave room for everybody.
    expect(texts.length).toBeGreaterThanOrEqual(2);
  }
  await Promise.all(crowd.map(({ socket }) => socket.close()));
});
