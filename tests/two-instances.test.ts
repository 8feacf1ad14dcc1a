import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { call } from "~/testing/caller";
import { startWorld } from "./world";

const world = startWorld(2);
const send = (token: string, content: string, instance = 0) =>
  call(world.instances[instance]?.url ?? "", "/api/chat/messages", {
    token,
    body: { clientId: randomUUID(), content },
  });

describe("two instances on one database", () => {
  test("a customer on one and an agent on the other talk live, and see each other type and read", async () => {
    const ina = await world.agent("ina");
    const desk = await world.open("/ws/cs", ina.token, 1);
    await desk.event("cs:connected");
    await desk.request("cs:set_status", { status: "online" });
    const customer = await world.open("/ws/chat", undefined, 0);
    const started = await customer.request("customer:start_chat", { customerName: "Ann", message: "Hello" });
    const sessionId = String(started.data.sessionId);
    expect(started.data).toMatchObject({ customerToken: expect.stringMatching(/^[\w-]{43}$/) });
    await desk.event("chat:new_assigned");
    await customer.event("chat:assigned");

    const sent = await desk.request("cs:send_message", { sessionId, clientId: "a1", content: "Hi Ann" });
    expect(sent).toMatchObject({ event: "message:sent", data: { sessionId, clientId: "a1" } });
    await customer.until((f) => f.data.message?.content === "Hi Ann");
    await customer.request("customer:send_message", { clientId: "c2", content: "My parcel?" });
    await desk.until((f) => f.data.message?.content === "My parcel?");

    customer.say("customer:typing", { isTyping: true });
    expect((await desk.event("chat:customer_typing")).data).toMatchObject({ sessionId, isTyping: true });
    desk.say("cs:typing", { sessionId, isTyping: true });
    await customer.event("chat:cs_typing");
    desk.say("cs:read", { sessionId, seq: 4 });
    expect((await customer.event("chat:read")).data).toMatchObject({ sessionId, seq: 4 });

    await desk.request("cs:resolve_chat", { sessionId });
    expect((await customer.event("chat:ended")).data).toMatchObject({ sessionId, reason: "resolved" });
    expect(await customer.request("customer:rating", { rating: 5, feedback: "quick" })).not.toMatchObject({
      event: "system:error",
    });
    await desk.until((f) => f.data.message?.content === "Rated 5 of 5");
    await Promise.all([desk.close(), customer.close()]);
  });

  test("what a customer types is shown to their agent alone, only where an admin switched that on", async () => {
    const [ina, eva, boss] = [
      await world.agent("ina-sees"),
      await world.agent("eva-sees-not"),
      await world.agent("boss-of-previews", "admin"),
    ];
    const desk = await world.open("/ws/cs", ina.token, 1);
    await desk.request("cs:set_status", { status: "online" });
    const stranger = await world.open("/ws/cs", eva.token, 1);
    const customer = await world.open("/ws/chat", undefined, 0);
    await customer.request("customer:start_chat", { message: "Hello" });
    await desk.event("chat:new_assigned");
    customer.say("customer:typing", { isTyping: true, preview: "my secret" });
    const plain = await desk.event("chat:customer_typing");
    expect(plain.data).not.toHaveProperty("preview");

    const set = (typingPreview: boolean) =>
      call(world.url, "/api/admin/settings", { token: boss.token, body: { typingPreview } });
    expect((await set(true)).body.settings).toMatchObject({ typingPreview: true });
    customer.say("customer:typing", { isTyping: true, preview: `now ${"x".repeat(600)}` });
    const shown = await desk.until((f) => f.data.preview !== undefined);
    expect(shown.data.preview).toBe(`now ${"x".repeat(196)}`);
    expect(stranger.frames.filter(({ event }) => event === "chat:customer_typing")).toEqual([]);
    expect(JSON.stringify(customer.frames)).not.toContain("now x");
    await set(false);
    await Promise.all([desk.close(), stranger.close(), customer.close()]);
  });

  test.each([0, 1])(
    "a socket that comes back with `after` gets exactly what it missed, from instance %i",
    async (instance) => {
      const { token } = await world.customer("1");
      for (const text of ["2", "3", "4"]) await send(token, text, instance === 0 ? 1 : 0);
      const back = await world.open("/ws/chat", token, instance);
      const resumed = await back.request("chat:resume", { after: 2 });
      expect(resumed).toMatchObject({ event: "chat:resumed", data: { seq: 4 } });
      expect(back.texts()).toEqual(["3", "4"]);
      await send(token, "5", 0);
      await send(token, "6", 1);
      await back.until((f) => f.data.message?.content === "6");
      expect(back.seqs()).toEqual([3, 4, 5, 6]);
      await back.close();
    },
  );

  test("a long absence is told in pages, in order", async () => {
    const { token } = await world.customer("1");
    await Promise.all(Array.from({ length: 450 }, (_, i) => send(token, `m${i}`, i % 2)));
    const back = await world.open("/ws/chat", token, 1);
    const resumed = await back.request("chat:resume", { after: 0 });
    expect(resumed.data.seq).toBe(451);
    expect(back.seqs()).toEqual(Array.from({ length: 451 }, (_, i) => i + 1));
    await back.close();
  });

  test.each([-1, 999_999, "3; drop table", null])(
    "a cursor that cannot be right (%j) gets a snapshot",
    async (after) => {
      const { token } = await world.customer("1");
      await send(token, "2");
      const back = await world.open("/ws/chat", token, 1);
      await back.request("chat:resume", { after });
      expect(back.texts()).toEqual(["1", "2"]);
      await back.close();
    },
  );

  test("long polling answers as soon as the other instance stores something", async () => {
    const { token } = await world.customer("1");
    const polling = call(world.instances[1]?.url ?? "", "/api/chat/messages?after=1&wait=20", { token });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await send(token, "2", 0);
    expect((await polling).body).toMatchObject({ success: true, lastSeq: 2, messages: [{ content: "2" }] });
  });

  test("one clientId, fifty times over both instances and both doors, is one message", async () => {
    const { token } = await world.customer("1");
    const clientId = randomUUID();
    const sockets = await Promise.all([world.open("/ws/chat", token, 0), world.open("/ws/chat", token, 1)]);
    const body = { clientId, content: "only once" };
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        if (i % 2 === 0) return (await sockets[(i / 2) % 2]?.request("customer:send_message", body))?.data.seq;
        return (await call(world.instances[((i - 1) / 2) % 2]?.url ?? "", "/api/chat/messages", { token, body })).body
          .seq;
      }),
    );
    expect(new Set(answers)).toEqual(new Set([2]));
    await Promise.all(sockets.map((s) => s.close()));
  });

  test("a sign-out on one instance closes the sockets on the other", async () => {
    const ina = await world.agent("ines");
    const desk = await world.open("/ws/cs", ina.token, 1);
    const closed = new Promise((resolve) => desk.socket.once("close", resolve));
    await call(world.url, "/api/auth/logout", { token: ina.token, method: "POST" });
    expect(await closed).toBe(4003);
    await expect(world.open("/ws/cs", ina.token, 0)).rejects.toThrow("refused 401");
  });
});
