import { describe, expect, test } from "vitest";
import { call } from "~/testing/caller";
import { startWorld } from "./world";

const world = startWorld(2);
const NOTE = "Refund promised, order 1001";

type Agent = Awaited<ReturnType<typeof world.agent>>;

async function atDesk(agent: Agent, instance: number, status = "online") {
  const desk = await world.open("/ws/cs", agent.token, instance);
  await desk.event("cs:connected");
  await desk.request("cs:set_status", { status });
  return desk;
}

/** A chat that one agent holds on instance 0, and a colleague who is online on instance 1. */
async function chatWithAda(name: string) {
  const [ada, ben] = [await world.agent(`ada-${name}`), await world.agent(`ben-${name}`)];
  const desks = { ada: await atDesk(ada, 0), ben: await atDesk(ben, 1, "busy") };
  const customer = await world.customer("Where is it?", "Ann");
  await desks.ada.request("cs:accept_chat", { sessionId: customer.chatId });
  await desks.ben.request("cs:set_status", { status: "online" });
  return { ...customer, ada, ben, desks };
}

const ways = {
  socket: async ({ desks, chatId, ben }: Awaited<ReturnType<typeof chatWithAda>>) => {
    const body = { sessionId: chatId, toCsId: ben.userId, note: NOTE };
    return (await desks.ada.request("cs:transfer_chat", body)).event === "chat:transferred";
  },
  http: async ({ ada, chatId, ben }: Awaited<ReturnType<typeof chatWithAda>>) => {
    const body = { toCsId: ben.userId, note: NOTE };
    return (await call(world.url, `/api/cs/chats/${chatId}/transfer`, { token: ada.token, body })).status === 200;
  },
};

test("who only looked on, or had the chat before, sees nothing after it went to somebody else", async () => {
  const [eve, ada, ben] = [await world.agent("eve"), await world.agent("ada"), await world.agent("ben")];
  const desks = {
    eve: await atDesk(eve, 0, "busy"),
    ada: await atDesk(ada, 0, "busy"),
    ben: await atDesk(ben, 1, "busy"),
  };
  const { chatId: sessionId, token } = await world.customer("Hello");
  for (const desk of Object.values(desks)) await desk.request("chat:resume", { sessionId, after: 0 });
  const say = (content: string, instance: number) =>
    call(world.instances[instance]?.url ?? "", "/api/chat/messages", {
      token,
      body: { clientId: content.replaceAll(" ", "-"), content },
    });
  await desks.ada.request("cs:accept_chat", { sessionId });
  await desks.eve.until((f) => f.event === "chat:transferred_out" && f.data.sessionId === sessionId);
  await say("for Ada alone", 1);
  await desks.ada.until((f) => f.data.message?.content === "for Ada alone");
  await desks.ada.request("cs:requeue_chat", { sessionId });
  await desks.ada.until((f) => f.event === "chat:transferred_out" && f.data.sessionId === sessionId);
  await desks.ben.request("cs:accept_chat", { sessionId });
  await say("for Ben alone", 0);
  await desks.ben.request("chat:resume", { sessionId, after: 0 });
  await desks.ben.until((f) => f.data.message?.content === "for Ben alone");
  // His own history tells of Ada too, and he keeps the chat all the same.
  await say("still for Ben", 0);
  await desks.ben.until((f) => f.data.message?.content === "still for Ben");
  expect(desks.eve.texts().filter((text) => text.includes("for"))).toEqual([]);
  expect(desks.ada.texts().filter((text) => text.includes("for"))).toEqual(["for Ada alone"]);
});

test("where agents may read along they go on seeing what is said, act on nothing, and stop when it is forbidden", async () => {
  const root = await world.agent("root", "admin");
  const allow = async (agentsSeeAll: boolean) => {
    const settings = (instance: number, body?: object) =>
      call(world.instances[instance]?.url ?? "", "/api/admin/settings", { token: root.token, body });
    await settings(0, { agentsSeeAll });
    await expect.poll(async () => (await settings(1)).body.settings.agentsSeeAll).toBe(agentsSeeAll);
  };
  await allow(true);
  const [gus, liv, tom] = [await world.agent("gus"), await world.agent("liv"), await world.agent("tom")];
  const desks = {
    gus: await atDesk(gus, 1, "busy"),
    liv: await atDesk(liv, 0, "busy"),
    tom: await atDesk(tom, 1, "busy"),
  };
  const { chatId: sessionId, token } = await world.customer("Hello");
  const customer = await world.open("/ws/chat", token, 1);
  await customer.request("chat:resume", { after: 0 });
  const say = (content: string) =>
    call(world.url, "/api/chat/messages", { token, body: { clientId: content.replaceAll(" ", "-"), content } });
  const hears = (desk: keyof typeof desks, content: string) =>
    desks[desk].until((f) => f.data.message?.content === content);
  await desks.gus.request("chat:resume", { sessionId, after: 0 });
  await desks.liv.request("cs:accept_chat", { sessionId });
  await desks.gus.until((f) => f.event === "chat:transferred_out" && f.data.sessionId === sessionId);
  await say("said to Liv");
  await hears("gus", "said to Liv");
  await desks.tom.request("cs:set_status", { status: "online" });
  await desks.liv.request("cs:transfer_chat", { sessionId, toCsId: tom.userId, note: NOTE });
  await say("said to Tom");
  for (const desk of ["gus", "liv", "tom"] as const) await hears(desk, "said to Tom");

  // Whoever reads along seems neither to write nor to have read.
  desks.gus.say("cs:typing", { sessionId, isTyping: true });
  desks.gus.say("cs:read", { sessionId, seq: 9 });
  await desks.gus.request("cs:set_status", { status: "busy" });
  await desks.tom.request("cs:send_message", { sessionId, clientId: "tom-1", content: "Tom answers" });
  await customer.until((f) => f.data.message?.content === "Tom answers");
  expect(customer.frames.filter(({ event }) => ["chat:cs_typing", "chat:read"].includes(event))).toEqual([]);

  const outs = (desk: keyof typeof desks) =>
    desks[desk].frames.filter((f) => f.event === "chat:transferred_out" && f.data.sessionId === sessionId).length;
  const before = { gus: outs("gus"), liv: outs("liv") };
  await allow(false);
  for (const desk of ["gus", "liv"] as const) await expect.poll(() => outs(desk)).toBe(before[desk] + 1);
  await say("for Tom alone");
  await hears("tom", "for Tom alone");
  await desks.gus.request("cs:set_status", { status: "busy" });
  for (const desk of [desks.gus, desks.liv]) expect(desk.texts()).not.toContain("for Tom alone");
});

describe.each(Object.entries(ways))("a transfer by %s", (name, transfer) => {
  test("reaches the colleague with the hand-over line, and the customer without it, by whatever door", async () => {
    const chat = await chatWithAda(name);
    const { token, chatId, desks } = chat;
    const watching = [await world.open("/ws/chat", token, 0), await world.open("/ws/chat", token, 1)];
    for (const socket of watching) await socket.request("chat:resume", { after: 0 });
    const polling = call(world.instances[1]?.url ?? "", `/api/chat/messages?after=2&wait=10`, { token });
    expect(await transfer(chat)).toBe(true);

    const arrived = await desks.ben.event("chat:transferred_in");
    expect(arrived.data.chat).toMatchObject({ id: chatId, handover: { note: NOTE, fromName: chat.ada.name } });
    expect((await desks.ada.event("chat:transferred_out")).data.sessionId).toBe(chatId);
    await desks.ben.request("chat:resume", { sessionId: chatId, after: 0 });
    expect(desks.ben.texts()).toContain(NOTE);

    for (const socket of watching) {
      await socket.until((f) => f.event === "chat:assigned" && (f.data.cs as { name: string }).name === chat.ben.name);
    }
    await desks.ben.request("cs:send_message", { sessionId: chatId, clientId: "after", content: "I go on from here" });
    for (const socket of watching) await socket.until((f) => f.data.message?.content === "I go on from here");
    const late = await world.open("/ws/chat", token, 1);
    await late.request("chat:resume", { after: 0 });

    const read = async (path: string) =>
      (await fetch(world.url + path, { headers: { Cookie: `hd_customer=${token}`, Accept: "text/html" } })).text();
    const seen = {
      live: watching.map((s) => s.frames),
      resumed: late.frames,
      polled: (await polling).body,
      called: (await call(world.url, "/api/chat/messages?after=0", { token })).body,
      page: await read("/"),
      frame: await read("/chat/log"),
      transcript: await read(`/chats/${chatId}`),
      download: await read(`/chats/${chatId}.txt`),
    };
    for (const [door, what] of Object.entries(seen)) {
      const text = JSON.stringify(what);
      expect(text, door).toContain(door === "polled" ? `${chat.ben.name} continues the chat` : "I go on from here");
      expect(text, door).not.toMatch(/Refund promised|"handover"/);
    }
  });

  test("is refused with a word on the colleague, and the chat stays", async () => {
    const chat = await chatWithAda(`${name}2`);
    await chat.desks.ben.request("cs:set_status", { status: "busy" });
    expect(await transfer(chat)).toBe(false);
    const answer = await call(world.url, `/api/cs/chats/${chat.chatId}/transfer`, {
      token: chat.ada.token,
      body: { toCsId: chat.ben.userId },
    });
    expect([answer.status, answer.body.error.message]).toEqual([409, `${chat.ben.name} is busy.`]);
    expect((await call(world.url, `/api/cs/chats/${chat.chatId}`, { token: chat.ada.token })).status).toBe(200);
  });
});
