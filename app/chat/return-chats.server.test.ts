import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { exec, many, sql } from "~/db.server";
import { noteLostAgents } from "~/people/attendance.server";
import { setStatus } from "~/people/status.server";
import { changeSettings, settings } from "~/settings/settings.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { chatEarlier, leftTheDesk, lostEarlier } from "~/testing/clock.server";
import { freshDatabase } from "~/testing/database.server";
import { resetSettings } from "~/testing/settings.server";
import { claimChat } from "./claim-chat.server";
import { Conflict, NotFound } from "./errors";
import { currentChat } from "./find-chat.server";
import { myChats, queuedChats } from "./list-chats.server";
import { messagesAfter } from "./read-log.server";
import { assignmentsOf } from "./record-assignment.server";
import { requeueChat, returnAbandoned, returnUnanswered } from "./return-chats.server";
import { sendMessage } from "./send-message.server";
import { serveQueue } from "./serve-queue.server";

beforeAll(freshDatabase);

let ada: Staff;
let ben: Staff;
let root: Staff;
beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await resetSettings();
  await exec(sql`delete from users`);
  [ada, ben, root] = [await hire("ada"), await hire("ben"), await hire("root", "admin")];
});

const returnsIn = async (chatId: string) =>
  (await messagesAfter(root, chatId, 0)).flatMap((m) => (m.event?.kind === "returned" ? [m.event] : []));
const waitingIds = async () => (await queuedChats()).map((c) => c.id);
const heldBy = async (staff: Staff) => (await myChats(staff)).map((c) => c.id);
const give = async (staff: Staff, ...chats: { chatId: string }[]) => {
  for (const { chatId } of chats) await claimChat(staff, chatId);
};
const lostSince = () =>
  many(z.object({ id: z.string() }), sql`select id from chat_sessions where agent_lost_at is not null order by id`);

describe("returnAbandoned", () => {
  async function adaGoneWith(count: number) {
    const chats = [];
    for (let i = 0; i < count; i++) chats.push(await customerInChat(`${i}`));
    await give(ada, ...chats);
    await atDesk(ada);
    await leftTheDesk(ada);
    await noteLostAgents();
    return chats;
  }

  test("keeps the chats during the grace, and tells the customers", async () => {
    const [chat] = await adaGoneWith(1);
    await returnAbandoned();
    expect(await heldBy(ada)).toEqual([chat?.chatId]);
    expect(await currentChat(chat!.customer)).toMatchObject({ status: "active", agentAway: true });
  });

  test("after it, they go to the head of the queue, in their order, with a line in the log", async () => {
    const chats = await adaGoneWith(3);
    const later = await customerInChat("I came later");
    const earlier = await customerInChat("I came first of all");
    await exec(sql`update chat_sessions set queued_at = queued_at - interval '1 hour' where id = ${earlier.chatId}`);
    await lostEarlier(
      chats.map((c) => c.chatId),
      61,
    );
    await returnAbandoned();
    expect(await waitingIds()).toEqual([...chats.map((c) => c.chatId), earlier.chatId, later.chatId]);
    expect(await returnsIn(chats[0]!.chatId)).toEqual([{ kind: "returned", csName: "Ada", why: "gone" }]);
    expect(await currentChat(chats[1]!.customer)).toMatchObject({ status: "waiting", position: 2, agentAway: false });
    expect((await assignmentsOf(chats[0]!.chatId)).map((a) => a.kind)).toEqual(["accept", "returned"]);
  });

  test("are served to somebody else at once, before those who came earlier", async () => {
    await exec(sql`update users set max_chats = 2 where id = ${ben.userId}`);
    const chats = await adaGoneWith(2);
    const waiting = await customerInChat();
    await exec(sql`update chat_sessions set queued_at = queued_at - interval '1 hour' where id = ${waiting.chatId}`);
    await exec(sql`insert into cs_status (user_id, status) values (${ben.userId}, 'online')`);
    await atDesk(ben);
    await lostEarlier(
      chats.map((c) => c.chatId),
      61,
    );
    await returnAbandoned();
    expect(await heldBy(ben)).toEqual(chats.map((c) => c.chatId));
    expect(await waitingIds()).toEqual([waiting.chatId]);
  });

  test("once, though many look at the same time", async () => {
    const chats = await adaGoneWith(5);
    await lostEarlier(
      chats.map((c) => c.chatId),
      61,
    );
    await Promise.all(Array.from({ length: 4 }, () => returnAbandoned()));
    for (const { chatId } of chats) expect(await returnsIn(chatId)).toHaveLength(1);
    await returnAbandoned();
    for (const { chatId } of chats) expect(await returnsIn(chatId)).toHaveLength(1);
  });

  test("who is back within the grace keeps them, even when nobody noticed yet", async () => {
    const chats = await adaGoneWith(2);
    await lostEarlier(
      chats.map((c) => c.chatId),
      61,
    );
    await atDesk(ada);
    await returnAbandoned();
    expect(await heldBy(ada)).toEqual(chats.map((c) => c.chatId));
    await noteLostAgents();
    expect(await lostSince()).toEqual([]);
    expect(await currentChat(chats[0]!.customer)).toMatchObject({ agentAway: false });
  });

  test("one of several tabs is enough to stay", async () => {
    const [chat] = await adaGoneWith(1);
    await atDesk(ada);
    await atDesk(ada);
    await exec(sql`
      update cs_leases set expires_at = now() where id = (
        select id from cs_leases where user_id = ${ada.userId} and expires_at > now() limit 1)`);
    await noteLostAgents();
    expect(await lostSince()).toEqual([]);
    expect(await heldBy(ada)).toEqual([chat?.chatId]);
  });

  test("busy or offline by choice is not gone: the chats stay", async () => {
    const { chatId } = await customerInChat();
    await give(ada, { chatId });
    await atDesk(ada);
    await setStatus(ada, "offline");
    await noteLostAgents();
    expect(await lostSince()).toEqual([]);
  });

  test("the grace is a setting", async () => {
    const [chat] = await adaGoneWith(1);
    await changeSettings(root, { ...(await settings()), graceSeconds: 600 });
    await lostEarlier([chat!.chatId], 61);
    await returnAbandoned();
    expect(await heldBy(ada)).toHaveLength(1);
    await lostEarlier([chat!.chatId], 600);
    await returnAbandoned();
    expect(await heldBy(ada)).toHaveLength(0);
  });

  test("noticing is once, and while a chat is being written to it waits for nobody", async () => {
    const chats = await adaGoneWith(3);
    await Promise.all([
      ...Array.from({ length: 4 }, () => noteLostAgents()),
      ...chats.map(({ customer, chatId }) =>
        sendMessage(customer, { sessionId: chatId, clientId: "more", content: "still there?" }),
      ),
    ]);
    expect(await lostSince()).toHaveLength(3);
  });
});

describe("returnUnanswered", () => {
  async function unanswered(seconds = 31) {
    const someone = await customerInChat("Anybody?");
    await give(ada, someone);
    await atDesk(ada);
    await chatEarlier(someone.chatId, seconds);
    return someone;
  }
  const after = async (noAnswerSeconds: number) =>
    changeSettings(root, { ...(await settings()), noAnswerSeconds: noAnswerSeconds });

  test("is off unless an admin sets it", async () => {
    const { chatId } = await unanswered(86_400);
    await atDesk(ben);
    await returnUnanswered();
    expect(await heldBy(ada)).toEqual([chatId]);
  });

  test("gives the chat to the next agent, and says so", async () => {
    const { chatId, customer } = await unanswered();
    await atDesk(ben);
    await after(30);
    await returnUnanswered();
    expect(await heldBy(ben)).toEqual([chatId]);
    expect(await returnsIn(chatId)).toEqual([{ kind: "returned", csName: "Ada", why: "no_answer" }]);
    expect((await assignmentsOf(chatId)).map((a) => [a.kind, a.csName])).toEqual([
      ["accept", "Ada"],
      ["returned", null],
      ["queue", "Ben"],
    ]);
    expect((await currentChat(customer))?.agent?.name).toBe("Ben");
  });

  test("not when nobody else fits, nor before the time", async () => {
    const { chatId } = await unanswered();
    await after(30);
    await returnUnanswered();
    expect(await heldBy(ada)).toEqual([chatId]);
    await atDesk(ben, "busy");
    await returnUnanswered();
    expect(await heldBy(ada)).toEqual([chatId]);
    await atDesk(ben);
    await after(60);
    await returnUnanswered();
    expect(await heldBy(ada)).toEqual([chatId]);
  });

  test("not when she answered", async () => {
    const { chatId } = await unanswered();
    await sendMessage(ada, { sessionId: chatId, clientId: "a", content: "Here I am" });
    await atDesk(ben);
    await after(30);
    await returnUnanswered();
    expect(await heldBy(ada)).toEqual([chatId]);
  });

  test("once, though many look at the same time", async () => {
    const { chatId } = await unanswered();
    await atDesk(ben);
    await after(30);
    await Promise.all(Array.from({ length: 4 }, () => returnUnanswered()));
    expect(await returnsIn(chatId)).toHaveLength(1);
    expect(await heldBy(ben)).toEqual([chatId]);
  });
});

describe("requeueChat", () => {
  test("puts it at the head of the queue, for anybody but the one who gave it back", async () => {
    const mine = await customerInChat();
    await give(ada, mine);
    await atDesk(ada);
    await exec(sql`update users set max_chats = 1 where id = ${ada.userId}`);
    const waiting = await customerInChat();
    await requeueChat(ada, mine.chatId);
    // Ada has room again and takes the next; what she gave back waits for somebody else.
    expect(await heldBy(ada)).toEqual([waiting.chatId]);
    expect(await waitingIds()).toEqual([mine.chatId]);
    expect(await returnsIn(mine.chatId)).toEqual([{ kind: "returned", csName: "Ada", why: "requeued" }]);
    await atDesk(ben);
    await serveQueue();
    expect(await heldBy(ben)).toEqual([mine.chatId]);
  });

  test("but she may accept it by hand", async () => {
    const { chatId } = await customerInChat();
    await give(ada, { chatId });
    await requeueChat(ada, chatId);
    await claimChat(ada, chatId);
    expect(await heldBy(ada)).toEqual([chatId]);
  });

  test("is for its agent and for admins, and only while it is active", async () => {
    const { chatId } = await customerInChat();
    await give(ada, { chatId });
    await expect(requeueChat(ben, chatId)).rejects.toThrow(NotFound);
    await requeueChat(root, chatId);
    expect(await waitingIds()).toEqual([chatId]);
    await expect(requeueChat(root, chatId)).rejects.toThrow(Conflict);
    await expect(requeueChat(ada, "not-a-chat")).rejects.toThrow(NotFound);
  });

  test("twice at once is once", async () => {
    const { chatId } = await customerInChat();
    await give(ada, { chatId });
    const both = await Promise.allSettled([requeueChat(ada, chatId), requeueChat(ada, chatId)]);
    expect(both.filter((b) => b.status === "fulfilled")).toHaveLength(1);
    expect(await returnsIn(chatId)).toHaveLength(1);
  });

  test("two chats that each came back from somebody go crosswise", async () => {
    const [one, two] = [await customerInChat("from Ada"), await customerInChat("from Ben")];
    await give(ada, one);
    await give(ben, two);
    await requeueChat(ada, one.chatId);
    await requeueChat(ben, two.chatId);
    await atDesk(ada);
    await serveQueue();
    expect(await heldBy(ada)).toEqual([two.chatId]);
    await atDesk(ben);
    await serveQueue();
    expect(await heldBy(ben)).toEqual([one.chatId]);
  });
});
