import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { exec, sql } from "~/db.server";
import { changeSettings, settings } from "~/settings/settings.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { chatEarlier } from "~/testing/clock.server";
import { freshDatabase } from "~/testing/database.server";
import { resetSettings } from "~/testing/settings.server";
import { claimChat } from "./claim-chat.server";
import { currentChat } from "./find-chat.server";
import { endIdleChats } from "./idle-chats.server";
import { myChats } from "./list-chats.server";
import { messagesAfter } from "./read-log.server";
import { sendMessage } from "./send-message.server";

beforeAll(freshDatabase);

const TIMEOUT = 1_800;
const WARNING = 120;

let ada: Staff;
let root: Staff;
beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await resetSettings();
  await exec(sql`delete from users`);
  [ada, root] = [await hire("ada"), await hire("root", "admin")];
});

const kinds = async (chatId: string) => (await messagesAfter(root, chatId, 0)).map((m) => m.event?.kind ?? "text");
const count = (all: string[], kind: string) => all.filter((k) => k === kind).length;

async function silentFor(seconds: number) {
  const someone = await customerInChat();
  await claimChat(ada, someone.chatId);
  await chatEarlier(someone.chatId, seconds);
  return someone;
}

test("warns both sides before the end, once, and ends when the warning has stood its time", async () => {
  const { chatId, customer } = await silentFor(TIMEOUT - WARNING);
  await Promise.all(Array.from({ length: 4 }, () => endIdleChats()));
  await endIdleChats();
  expect(count(await kinds(chatId), "idle_warning")).toBe(1);
  const warning = (await messagesAfter(customer, chatId, 0)).at(-1);
  expect(warning).toMatchObject({ event: { kind: "idle_warning", endsInSeconds: WARNING } });
  await chatEarlier(chatId, WARNING - 1);
  await endIdleChats();
  expect((await currentChat(customer))?.status).toBe("active");
  await chatEarlier(chatId, 1);
  await Promise.all(Array.from({ length: 4 }, () => endIdleChats()));
  expect(await currentChat(customer)).toMatchObject({ status: "resolved", endReason: "idle" });
  expect(count(await kinds(chatId), "ended")).toBe(1);
});

test("says nothing before that", async () => {
  const { chatId } = await silentFor(TIMEOUT - WARNING - 1);
  await endIdleChats();
  expect(await kinds(chatId)).not.toContain("idle_warning");
});

test("a new message from either side starts the time again, and another warning comes first", async () => {
  for (const writer of ["customer", "agent"] as const) {
    const { chatId, customer } = await silentFor(TIMEOUT - WARNING);
    await endIdleChats();
    await sendMessage(writer === "agent" ? ada : customer, { sessionId: chatId, clientId: writer, content: "here" });
    await chatEarlier(chatId, WARNING);
    await endIdleChats();
    expect((await currentChat(customer))?.status, writer).toBe("active");
    await chatEarlier(chatId, TIMEOUT - WARNING);
    await endIdleChats();
    expect((await currentChat(customer))?.status, writer).toBe("active");
    expect(count(await kinds(chatId), "idle_warning"), writer).toBe(2);
    await chatEarlier(chatId, WARNING);
    await endIdleChats();
    expect((await currentChat(customer))?.status, writer).toBe("resolved");
  }
});

test("after an outage a chat is warned before it ends", async () => {
  const { chatId, customer } = await silentFor(86_400);
  await endIdleChats();
  expect((await currentChat(customer))?.status).toBe("active");
  expect(await kinds(chatId)).toContain("idle_warning");
});

test("the time in the queue is not silence: who waited long is not warned when an agent takes the chat", async () => {
  const { chatId, customer } = await customerInChat();
  await chatEarlier(chatId, TIMEOUT + 600);
  await endIdleChats();
  expect((await currentChat(customer))?.status).toBe("waiting");
  await claimChat(ada, chatId);
  await endIdleChats();
  expect(await kinds(chatId)).not.toContain("idle_warning");
});

test("its end makes room for who waits", async () => {
  await exec(sql`update users set max_chats = 1 where id = ${ada.userId}`);
  const { chatId } = await silentFor(TIMEOUT - WARNING);
  await atDesk(ada);
  const waiting = await customerInChat();
  await endIdleChats();
  await chatEarlier(chatId, WARNING);
  await endIdleChats();
  expect((await myChats(ada)).map((c) => c.id)).toEqual([waiting.chatId]);
});

test("can be switched off, or go without a warning", async () => {
  const { chatId, customer } = await silentFor(86_400);
  await changeSettings(root, { ...(await settings()), idleTimeoutSeconds: 0 });
  await endIdleChats();
  expect(await kinds(chatId)).not.toContain("idle_warning");
  await changeSettings(root, { ...(await settings()), idleTimeoutSeconds: 60, idleWarningSeconds: 0 });
  await endIdleChats();
  expect((await currentChat(customer))?.endReason).toBe("idle");
  expect(await kinds(chatId)).not.toContain("idle_warning");
});

test("CHAT_IDLE_TIMEOUT is the default", async () => {
  expect((await settings()).idleTimeoutSeconds).toBe(TIMEOUT);
});
