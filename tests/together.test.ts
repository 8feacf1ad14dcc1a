import { expect, test } from "vitest";
import type { Frame } from "~/testing/raw-socket";
import { startWorld } from "./world";

const world = startWorld(2);

const viewing = (isHere: boolean, name: string) => (f: Frame) =>
  f.event === "chat:viewing" && f.data.isHere === isHere && f.data.name === name;

test("two who have one chat open see each other on any instance; its customer and strangers see neither", async () => {
  const [ada, ben, cleo] = [await world.agent("ada"), await world.agent("ben"), await world.agent("cleo")];
  const { token, chatId } = await world.customer("Hello");
  const customer = await world.open("/ws/chat", token, 1);
  await customer.request("chat:resume", { after: 0 });
  const [desk, other, stranger] = [
    await world.open("/ws/cs", ada.token, 0),
    await world.open("/ws/cs", ben.token, 1),
    await world.open("/ws/cs", cleo.token, 1),
  ];
  for (const socket of [desk, other]) await socket.request("chat:resume", { sessionId: chatId, after: 0 });

  await desk.request("cs:viewing", { sessionId: chatId, isHere: true });
  await other.until(viewing(true, "Ada"));
  await other.request("cs:viewing", { sessionId: chatId, isHere: true });
  await desk.until(viewing(true, "Ben"));
  await other.request("cs:viewing", { sessionId: chatId, isHere: false });
  await desk.until(viewing(false, "Ben"));

  // Who vanishes is gone at once as well.
  desk.socket.terminate();
  await other.until(viewing(false, "Ada"));

  await world.customer("Somebody else");
  const told = [...customer.frames, ...stranger.frames].filter(({ event }) => event === "chat:viewing");
  expect(told).toEqual([]);
});

test("nobody says that they look at a chat that is not theirs to see", async () => {
  const [dan, eve] = [await world.agent("dan"), await world.agent("eve")];
  const { chatId } = await world.customer("Mine");
  const [desk, other] = [await world.open("/ws/cs", dan.token), await world.open("/ws/cs", eve.token)];
  await desk.request("cs:accept_chat", { sessionId: chatId });
  const refused = await other.request("cs:viewing", { sessionId: chatId, isHere: true });
  expect(refused).toMatchObject({ event: "system:error", data: { code: "NOT_FOUND" } });
});

test("what is read in one tab is read in the agent's others, on any instance, and is news to nobody else", async () => {
  const [fay, gil] = [await world.agent("fay"), await world.agent("gil")];
  const { chatId } = await world.customer("Read me");
  const [tab, other, stranger] = [
    await world.open("/ws/cs", fay.token, 0),
    await world.open("/ws/cs", fay.token, 1),
    await world.open("/ws/cs", gil.token, 1),
  ];
  for (const socket of [tab, other, stranger]) await socket.event("cs:connected");
  await tab.request("cs:accept_chat", { sessionId: chatId });
  await other.event("chat:new_assigned");
  tab.say("cs:read", { sessionId: chatId, seq: 1 });
  expect((await other.event("chat:read")).data).toMatchObject({ sessionId: chatId, seq: 1, side: "cs" });
  expect(stranger.frames.filter(({ event }) => event === "chat:read")).toEqual([]);
});
