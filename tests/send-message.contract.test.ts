import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { call, submit } from "~/testing/caller";
import { startWorld } from "./world";

const world = startWorld();

/** The same verb through each door. @returns what the door said, and the row as everybody can read it. */
const doors = {
  async form(token: string, clientId: string, content: string) {
    const fields = { intent: "send", clientId, content };
    const answer = await submit(world.url, "/?index", fields, `hd_customer=${token}`);
    return { ok: answer.status === 303 };
  },
  async http(token: string, clientId: string, content: string) {
    const answer = await call(world.url, "/api/chat/messages", { token, body: { clientId, content } });
    return { ok: answer.status === 201 || answer.status === 200, status: answer.status };
  },
  async socket(token: string, clientId: string, content: string) {
    const socket = await world.open("/ws/chat", token);
    const answer = await socket.request("customer:send_message", { clientId, content });
    await socket.close();
    return { ok: answer.event === "message:sent" };
  },
};

async function rows(token: string) {
  const { body } = await call(world.url, "/api/chat/messages?after=0", { token });
  return (body.messages as { senderType: string; content: string; clientId: string; seq: number }[]).filter(
    (m) => m.senderType === "customer",
  );
}

describe.each(Object.entries(doors))("sendMessage through the %s", (_name, send) => {
  test("makes the same row and the same event", async () => {
    const { token } = await world.customer("Hello");
    const watcher = await world.open("/ws/chat", token);
    await watcher.request("chat:resume", { after: 1 });
    const clientId = randomUUID();
    expect(await send(token, clientId, "Where is it?")).toMatchObject({ ok: true });
    const heard = await watcher.event("chat:message");
    expect(heard.data.message).toMatchObject({
      seq: 2,
      clientId,
      senderType: "customer",
      messageType: "text",
      content: "Where is it?",
      attachments: [],
    });
    expect((await rows(token)).at(-1)).toEqual(heard.data.message);
    await watcher.close();
  });

  test("gives the first row for a repeated clientId, through every other door too", async () => {
    const { token } = await world.customer("Hello");
    const clientId = randomUUID();
    await send(token, clientId, "once");
    for (const repeat of [doors.http, doors.socket])
      expect(await repeat(token, clientId, "twice")).toMatchObject({ ok: true });
    expect((await rows(token)).map((m) => m.content)).toEqual(["Hello", "once"]);
  });

  test("refuses an empty message and stores nothing", async () => {
    const { token } = await world.customer("Hello");
    expect(await send(token, randomUUID(), "   ")).toMatchObject({ ok: false });
    expect(await rows(token)).toHaveLength(1);
  });
});

describe("the statuses of the JSON door", () => {
  test("201 for the first, 200 for a repeat, 400 naming the field, 401 for nobody", async () => {
    const { token } = await world.customer("Hello");
    const clientId = randomUUID();
    const post = (body: object, as?: string) => call(world.url, "/api/chat/messages", { token: as, body });
    expect((await post({ clientId, content: "a" }, token)).status).toBe(201);
    const repeat = await post({ clientId, content: "b" }, token);
    expect(repeat).toMatchObject({ status: 200, body: { success: true, content: "a", clientId } });
    const wrong = await post({ clientId: randomUUID(), content: ["a"] }, token);
    expect(wrong).toMatchObject({ status: 400, body: { success: false, error: { code: "INVALID" } } });
    expect(wrong.body.error.fields).toHaveProperty("content");
    expect((await post({ clientId, content: "a" })).status).toBe(401);
  });
});

describe("a stranger", () => {
  test("gets 404 for a chat that is not theirs, and no event of it", async () => {
    const ann = await world.customer("private");
    const eve = await world.customer("hello");
    const spy = await world.open("/ws/chat", eve.token);
    const refused = await spy.request("chat:resume", { sessionId: ann.chatId, after: 0 });
    expect(refused).toMatchObject({ event: "system:error", data: { code: "NOT_FOUND" } });
    const body = { sessionId: ann.chatId, clientId: randomUUID(), content: "let me in" };
    expect((await call(world.url, "/api/chat/messages", { token: eve.token, body })).status).toBe(404);
    expect(await spy.request("customer:send_message", body)).toMatchObject({ data: { code: "NOT_FOUND" } });
    const outsider = await world.agent("olga");
    await call(world.url, "/api/chat/messages", {
      token: ann.token,
      body: { clientId: randomUUID(), content: "secret" },
    });
    expect(JSON.stringify(spy.frames)).not.toContain("private");
    expect(JSON.stringify(spy.frames)).not.toContain("secret");
    const insider = await world.agent("ina");
    expect(
      (await call(world.url, `/api/cs/chats/${ann.chatId}/accept`, { token: insider.token, body: {} })).status,
    ).toBe(200);
    expect((await call(world.url, `/api/cs/chats/${ann.chatId}/messages`, { token: insider.token })).status).toBe(200);
    expect((await call(world.url, `/api/cs/chats/${ann.chatId}/messages`, { token: outsider.token })).status).toBe(404);
  });
});
