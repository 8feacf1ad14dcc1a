import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { exec, many, sql } from "~/db.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { chatEarlier, leftTheDesk } from "~/testing/clock.server";
import { freshDatabase } from "~/testing/database.server";
import { z } from "zod";
import { claimChat } from "./claim-chat.server";
import { Conflict, NotAllowed, NotFound } from "./errors";
import { currentChat, findChat } from "./find-chat.server";
import { myChats } from "./list-chats.server";
import { latestMessages, messagesAfter } from "./read-log.server";
import { sendMessage } from "./send-message.server";
import { forceAssign, transferChat, transferInput } from "./transfer-chat.server";
import { readTranscript } from "./transcript.server";
import { waitForMessages } from "./wait-for-messages.server";

beforeAll(freshDatabase);

let ada: Staff;
let ben: Staff;
let root: Staff;
beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await exec(sql`delete from users`);
  [ada, ben, root] = [await hire("ada"), await hire("ben"), await hire("root", "admin")];
});

/** Ada holds a chat; both are at their desks, Ada busy so that nothing else comes to her. */
async function adaInChat() {
  const someone = await customerInChat("Where is my parcel?", "Ann");
  await claimChat(ada, someone.chatId);
  await atDesk(ada, "busy");
  return someone;
}

const logged = (action: string) =>
  many(
    z.object({ user_id: z.number(), details: z.unknown() }),
    sql`select user_id, details from activity_logs where action = ${action}`,
  );

describe("transferChat", () => {
  test("hands the chat to a colleague who is online and has room", async () => {
    const { chatId, customer } = await adaInChat();
    await atDesk(ben);
    await transferChat(ada, { sessionId: chatId, toCsId: ben.userId });
    expect(await myChats(ada)).toEqual([]);
    expect(await myChats(ben)).toMatchObject([{ id: chatId, arrival: "transferred", csName: "Ben" }]);
    expect(await currentChat(customer)).toMatchObject({ status: "active", agent: { id: ben.userId, name: "Ben" } });
    expect(await logged("chat.transferred")).toEqual([{ user_id: ada.userId, details: { to: ben.userId } }]);
  });

  test("the former agent can no longer read or write there", async () => {
    const { chatId } = await adaInChat();
    await atDesk(ben);
    await transferChat(ada, { sessionId: chatId, toCsId: ben.userId });
    await expect(messagesAfter(ada, chatId, 0)).rejects.toThrow(NotFound);
    await expect(sendMessage(ada, { sessionId: chatId, clientId: "late", content: "?" })).rejects.toThrow(NotFound);
    await expect(messagesAfter(ben, chatId, 0)).resolves.not.toHaveLength(0);
  });

  const obstacles: [string, () => Promise<unknown>, RegExp][] = [
    ["who is offline", () => atDesk(ben, "offline"), /^Ben is offline\.$/],
    ["who is busy", () => atDesk(ben, "busy"), /^Ben is busy\.$/],
    ["whose connection is gone", () => atDesk(ben).then(() => leftTheDesk(ben)), /^Ben is offline\.$/],
    [
      "who is away",
      () => atDesk(ben).then(() => exec(sql`update cs_status set away_at = now() where user_id = ${ben.userId}`)),
      /^Ben is away from the desk\.$/,
    ],
    [
      "who is full",
      async () => {
        await exec(sql`update users set max_chats = 1 where id = ${ben.userId}`);
        await atDesk(ben);
        await claimChat(ben, (await customerInChat()).chatId);
      },
      /^Ben already has 1 of 1 chats\.$/,
    ],
  ];
  test.each(obstacles)("not to a colleague %s, and says so by name", async (_, arrange, words) => {
    const { chatId } = await adaInChat();
    await arrange();
    const moving = transferChat(ada, { sessionId: chatId, toCsId: ben.userId, note: "please" });
    await expect(moving).rejects.toThrow(Conflict);
    await expect(moving).rejects.toThrow(words);
    expect(await findChat(ada, chatId)).toMatchObject({ csId: ada.userId, status: "active" });
    expect((await messagesAfter(ada, chatId, 0)).some((m) => m.event?.kind === "handover")).toBe(false);
  });

  test("not to oneself, nobody, or somebody who left the company", async () => {
    const { chatId } = await adaInChat();
    await atDesk(ben);
    await exec(sql`update users set disabled_at = now() where id = ${ben.userId}`);
    const to = (toCsId: number) => transferChat(ada, { sessionId: chatId, toCsId });
    await expect(to(ada.userId)).rejects.toThrow("Choose a colleague, not yourself.");
    await expect(to(999_999)).rejects.toThrow("There is no such colleague.");
    await expect(to(ben.userId)).rejects.toThrow("There is no such colleague.");
  });

  test("not a chat of somebody else, and not one that ended or waits", async () => {
    const { chatId } = await adaInChat();
    const waiting = await customerInChat();
    await atDesk(ben);
    await exec(sql`update users set max_chats = 0 where id = ${ada.userId}`);
    const cleo = await hire("cleo");
    await atDesk(cleo, "busy");
    await expect(transferChat(cleo, { sessionId: chatId, toCsId: ben.userId })).rejects.toThrow(NotFound);
    await expect(transferChat(cleo, { sessionId: waiting.chatId, toCsId: ben.userId })).rejects.toThrow(Conflict);
    await expect(transferChat(cleo, { sessionId: "1 or 1=1", toCsId: ben.userId })).rejects.toThrow(NotFound);
    await exec(sql`update chat_sessions set status = 'resolved', ended_at = now() where id = ${chatId}`);
    await expect(transferChat(ada, { sessionId: chatId, toCsId: ben.userId })).rejects.toThrow(Conflict);
  });

  test("an admin may move anybody's chat", async () => {
    const { chatId } = await adaInChat();
    await atDesk(ben);
    await transferChat(root, { sessionId: chatId, toCsId: ben.userId, note: "Ben knows this one" });
    expect(await findChat(ben, chatId)).toMatchObject({ handover: { fromName: "Root", note: "Ben knows this one" } });
  });

  test("ten colleagues handing over at once never take somebody over the limit", async () => {
    await exec(sql`update users set max_chats = 3 where id = ${ben.userId}`);
    await exec(sql`update users set max_chats = 20 where id = ${ada.userId}`);
    await atDesk(ada, "busy");
    const chats = await Promise.all(Array.from({ length: 10 }, () => customerInChat()));
    for (const { chatId } of chats) await claimChat(ada, chatId);
    await atDesk(ben);
    const moved = await Promise.allSettled(
      chats.map(({ chatId }) => transferChat(ada, { sessionId: chatId, toCsId: ben.userId })),
    );
    expect(moved.filter((m) => m.status === "fulfilled")).toHaveLength(3);
    expect(await myChats(ben)).toHaveLength(3);
  });

  test("the input refuses what is not a colleague", () => {
    const sessionId = crypto.randomUUID();
    for (const toCsId of ["", "x", 0, -1, 1.5, null, {}, Number.MAX_VALUE]) {
      expect(transferInput.safeParse({ sessionId, toCsId }).success, JSON.stringify(toCsId)).toBe(false);
    }
    expect(transferInput.safeParse({ sessionId, toCsId: "7" }).data?.toCsId).toBe(7);
  });
});

describe("the hand-over line", () => {
  const NOTE = "He was promised a refund, check order 1001";

  async function handedOver() {
    const someone = await adaInChat();
    await chatEarlier(someone.chatId, 90);
    await atDesk(ben);
    await transferChat(ada, { sessionId: someone.chatId, toCsId: ben.userId, note: ` ${NOTE} ` });
    return someone;
  }

  test("tells the new agent from whom, why and how long the customer has been without an answer", async () => {
    const { chatId } = await handedOver();
    const [chat] = await myChats(ben);
    expect(chat?.handover).toMatchObject({ fromName: "Ada", note: NOTE });
    expect(chat?.handover?.waitedSeconds).toBeGreaterThanOrEqual(90);
    expect(chat?.handover?.waitedSeconds).toBeLessThan(100);
    const line = (await messagesAfter(ben, chatId, 0)).at(-1);
    expect(line).toMatchObject({ content: NOTE, senderType: "system", event: { kind: "handover", csName: "Ben" } });
  });

  test("waits for nobody when the last word was ours", async () => {
    const { chatId } = await adaInChat();
    await sendMessage(ada, { sessionId: chatId, clientId: "a", content: "One moment" });
    await atDesk(ben);
    await transferChat(ada, { sessionId: chatId, toCsId: ben.userId, note: NOTE });
    expect((await myChats(ben))[0]?.handover?.waitedSeconds).toBeNull();
  });

  test("is not for the customer, by whatever way they read", async () => {
    const { chatId, customer } = await handedOver();
    const seen = [
      await messagesAfter(customer, chatId, 0),
      await messagesAfter(customer, chatId, 2),
      await latestMessages(customer, chatId),
      await waitForMessages(customer, chatId, 0, 0, new AbortController().signal),
      await readTranscript(customer, chatId),
      await currentChat(customer),
    ];
    expect(JSON.stringify(seen)).toContain("Ben continues the chat");
    expect(JSON.stringify(seen)).not.toMatch(/refund|handover/);
  });
});

describe("forceAssign", () => {
  test("is for admins alone", async () => {
    const { chatId } = await customerInChat();
    await expect(forceAssign(ada, chatId, ben.userId)).rejects.toThrow(NotAllowed);
    await forceAssign(root, chatId, ben.userId);
    expect(await findChat(ben, chatId)).toMatchObject({ status: "active", csId: ben.userId });
    expect(await logged("chat.assigned")).toEqual([{ user_id: root.userId, details: { to: ben.userId } }]);
  });

  test("gives a waiting or an active chat even to somebody busy or offline, but never over the limit", async () => {
    await exec(sql`update users set max_chats = 2 where id = ${ben.userId}`);
    await atDesk(ben, "busy");
    const held = await adaInChat();
    await forceAssign(root, held.chatId, ben.userId);
    await forceAssign(root, (await customerInChat()).chatId, ben.userId);
    const { chatId } = await customerInChat();
    await expect(forceAssign(root, chatId, ben.userId)).rejects.toThrow("Ben already has 2 of 2 chats.");
    expect(await myChats(ben)).toHaveLength(2);
    expect(await findChat(root, chatId)).toMatchObject({ status: "waiting" });
  });

  test("says that the agent has it already, and refuses a chat that ended", async () => {
    const { chatId } = await adaInChat();
    await expect(forceAssign(root, chatId, ada.userId)).rejects.toThrow("Ada has this chat already.");
    await exec(sql`update chat_sessions set status = 'resolved', ended_at = now() where id = ${chatId}`);
    await expect(forceAssign(root, chatId, ben.userId)).rejects.toThrow(Conflict);
    await expect(forceAssign(root, crypto.randomUUID(), ben.userId)).rejects.toThrow(NotFound);
  });
});
