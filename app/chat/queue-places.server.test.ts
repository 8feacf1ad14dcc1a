import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { exec, sql } from "~/db.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { leftTheDesk } from "~/testing/clock.server";
import { freshDatabase } from "~/testing/database.server";
import { claimChat } from "./claim-chat.server";
import { endChat } from "./end-chat.server";
import { currentChat } from "./find-chat.server";
import { queuePlace, teamThere, waitingIds } from "./queue-places.server";
import { requeueChat } from "./return-chats.server";

beforeAll(freshDatabase);

let ada: Staff;
beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await exec(sql`delete from users`);
  ada = await hire("ada", "cs", 3);
});

const positions = (chats: { chatId: string }[]) =>
  Promise.all(chats.map(async ({ chatId }) => (await queuePlace(chatId))?.position ?? null));
const three = async () => [await customerInChat(), await customerInChat(), await customerInChat()];

test("1, 2, 3 become 1, 2 when the first is taken or leaves", async () => {
  const chats = await three();
  expect(await positions(chats)).toEqual([1, 2, 3]);
  await claimChat(ada, chats[0]!.chatId);
  expect(await positions(chats)).toEqual([null, 1, 2]);
  await endChat(chats[1]!.customer);
  expect(await positions(chats)).toEqual([null, null, 1]);
});

test("a chat that comes back is before all others", async () => {
  const chats = await three();
  await claimChat(ada, chats[2]!.chatId);
  await requeueChat(ada, chats[2]!.chatId);
  expect(await positions(chats)).toEqual([2, 3, 1]);
});

test("all who wait, or the first of them, in the order in which they will be served", async () => {
  expect(await waitingIds()).toEqual([]);
  const chats = await three();
  const taken = await customerInChat();
  await claimChat(ada, taken.chatId);
  const ids = chats.map((c) => c.chatId);
  expect(await waitingIds()).toEqual(ids);
  expect(await waitingIds(2)).toEqual(ids.slice(0, 2));
  await requeueChat(ada, taken.chatId);
  expect(await waitingIds(2)).toEqual([taken.chatId, ids[0]]);
});

test("what does not wait has no place", async () => {
  const chat = await customerInChat();
  await claimChat(ada, chat.chatId);
  expect(await queuePlace(chat.chatId)).toBeNull();
  expect(await queuePlace(crypto.randomUUID())).toBeNull();
});

test("the estimate is place ÷ recent pick-up rate, as a range, and none when nobody is online", async () => {
  const taken = await three();
  for (const { chatId } of taken) await claimChat(ada, chatId);
  const waiting = await three();
  expect((await currentChat(waiting[0]!.customer))?.estimate).toBeNull();
  await atDesk(ada);
  // Three picked up in the last 900 s: one every 300 s.
  expect((await currentChat(waiting[0]!.customer))?.estimate).toEqual({ from: 210, to: 450 });
  expect((await currentChat(waiting[1]!.customer))?.estimate).toEqual({ from: 420, to: 900 });
  await leftTheDesk(ada);
  expect((await currentChat(waiting[1]!.customer))?.estimate).toBeNull();
});

test("busy colleagues are there, but the queue gives them nothing", async () => {
  expect(await teamThere()).toEqual({ online: false, serving: false });
  await atDesk(ada, "busy");
  expect(await teamThere()).toEqual({ online: true, serving: false });
  await atDesk(ada, "online");
  expect(await teamThere()).toEqual({ online: true, serving: true });
  await leftTheDesk(ada);
  expect(await teamThere()).toEqual({ online: false, serving: false });
});

test("and none when nothing was picked up lately", async () => {
  const [chat] = await three();
  await atDesk(ada);
  await exec(sql`update users set max_chats = 0 where id = ${ada.userId}`);
  expect((await currentChat(chat!.customer))?.estimate).toBeNull();
});
