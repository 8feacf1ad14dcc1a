import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { unlimited } from "~/db.server";
import { customerInChat } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { readWakeUp } from "./news";
import { peers } from "./peers.server";
import { CHANNEL, heardPeer, publisherIdle } from "./publish.server";
import { sendMessage } from "./send-message.server";

beforeAll(freshDatabase);

let hears = true;
let forget = () => {};

afterEach(() => {
  forget();
  hears = true;
  vi.useRealTimers();
});

/** Listens from now on, with a clock of its own. */
function listen() {
  vi.useFakeTimers({ toFake: ["performance"] });
  forget = peers.listenFor(() => hears);
  peers.startOver();
}

/** Chats of which `work` told the other instances. */
async function chatsTold(work: () => Promise<unknown>): Promise<string[]> {
  return unlimited(async (client) => {
    const told: string[] = [];
    client.on("notification", ({ payload }) =>
      told.push(...(readWakeUp(JSON.parse(payload ?? ""))?.news.chats.keys() ?? [])),
    );
    await client.query(`listen ${CHANNEL}`);
    await work();
    await publisherIdle();
    await client.query("select 1");
    return told;
  });
}

async function sendTo({ customer, chatId }: Awaited<ReturnType<typeof customerInChat>>) {
  await sendMessage(customer, { sessionId: chatId, clientId: crypto.randomUUID(), content: "x" });
}

test("who does not listen, or not for long, tells everybody", async () => {
  const chat = await customerInChat();
  expect(await chatsTold(() => sendTo(chat))).toEqual([chat.chatId]);
  listen();
  expect(await chatsTold(() => sendTo(chat))).toEqual([chat.chatId]);
});

test("who is alone tells nobody, until an instance appears: that one is told what it may have missed", async () => {
  const chat = await customerInChat();
  listen();
  vi.advanceTimersByTime(5_100);
  expect(await chatsTold(() => sendTo(chat))).toEqual([]);
  expect(await chatsTold(async () => heardPeer())).toEqual([chat.chatId]);
  expect(await chatsTold(() => sendTo(chat))).toEqual([chat.chatId]);
  // It was heard; what was told is not told again.
  expect(await chatsTold(async () => heardPeer())).toEqual([]);
});

test("who was heard is remembered for four hellos", async () => {
  const chat = await customerInChat();
  listen();
  heardPeer();
  vi.advanceTimersByTime(19_900);
  expect(await chatsTold(() => sendTo(chat))).toEqual([chat.chatId]);
  vi.advanceTimersByTime(200);
  expect(await chatsTold(() => sendTo(chat))).toEqual([]);
});

test("who cannot hear takes for granted that others are there", async () => {
  const chat = await customerInChat();
  listen();
  vi.advanceTimersByTime(60_000);
  hears = false;
  expect(await chatsTold(() => sendTo(chat))).toEqual([chat.chatId]);
});

test("what was held back is told also to one who answers before this process calls itself healthy again", async () => {
  const chat = await customerInChat();
  listen();
  vi.advanceTimersByTime(60_000);
  expect(await chatsTold(() => sendTo(chat))).toEqual([]);
  hears = false;
  expect(await chatsTold(async () => heardPeer())).toEqual([chat.chatId]);
});
