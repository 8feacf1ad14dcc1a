import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { exec, sql } from "~/db.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { leftTheDesk } from "~/testing/clock.server";
import { freshDatabase } from "~/testing/database.server";
import { claimChat } from "./claim-chat.server";
import { assignmentsOf } from "./record-assignment.server";
import { requeueChat } from "./return-chats.server";
import { serveQueue } from "./serve-queue.server";
import { forceAssign, transferChat } from "./transfer-chat.server";

beforeAll(freshDatabase);

const cast: Record<string, Staff> = {};
const staff = (name: string) => cast[name]!;
beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await exec(sql`delete from users`);
  for (const name of ["ada", "ben", "cleo", "dora", "ed", "fay", "gus"]) cast[name] = await hire(name);
  cast.root = await hire("root", "admin");
});

const why = async (chatId: string) =>
  (await assignmentsOf(chatId)).map((a) => ({
    kind: a.kind,
    to: a.csName,
    by: a.byName,
    saw: Object.fromEntries(a.considered.map((c) => [c.name, `${c.load} of ${c.max}, ${c.fit}`])),
  }));

test("a choice of the queue says who could have got it, each load, and what stood in the way of the others", async () => {
  await exec(sql`update users set max_chats = 2 where username = 'ada'`);
  await exec(sql`update users set max_chats = 1 where username = 'gus'`);
  for (const name of ["ada", "ben", "gus"]) await claimChat(staff(name), (await customerInChat()).chatId);
  await atDesk(staff("ada"));
  await atDesk(staff("ben"));
  await atDesk(staff("gus"));
  await atDesk(staff("cleo"), "busy");
  await atDesk(staff("dora"), "offline");
  await atDesk(staff("ed"));
  await leftTheDesk(staff("ed"));
  await atDesk(staff("fay"));
  await exec(sql`update cs_status set away_at = now() where user_id = ${staff("fay").userId}`);
  const { chatId } = await customerInChat();
  expect(await why(chatId)).toEqual([
    {
      kind: "queue",
      to: "Ada",
      by: null,
      saw: {
        Ada: "1 of 2, fit",
        Ben: "1 of 5, fit",
        Cleo: "0 of 5, busy",
        Dora: "0 of 5, offline",
        Ed: "0 of 5, gone",
        Fay: "0 of 5, away",
        Gus: "1 of 1, full",
      },
    },
  ]);
});

test("the least loaded is chosen, ties go to who has waited longest for a chat, never having had one first", async () => {
  for (const name of ["ada", "ben", "cleo"]) await atDesk(staff(name));
  const chosen = [];
  for (let i = 0; i < 4; i++) chosen.push((await why((await customerInChat()).chatId))[0]?.to);
  expect(chosen).toEqual(["Ada", "Ben", "Cleo", "Ada"]);
  // Ada has two; Ben and Cleo one each, Ben's is older.
  expect((await why((await customerInChat()).chatId))[0]?.to).toBe("Ben");
});

test("who must not get it back is named as such", async () => {
  const { chatId } = await customerInChat();
  await claimChat(staff("ada"), chatId);
  await atDesk(staff("ada"));
  await requeueChat(staff("ada"), chatId);
  await atDesk(staff("ben"));
  await serveQueue();
  expect((await why(chatId)).at(-1)).toEqual({
    kind: "queue",
    to: "Ben",
    by: null,
    saw: { Ada: "0 of 5, skipped", Ben: "0 of 5, fit" },
  });
});

test("the whole way of a chat, with who did it", async () => {
  const { chatId } = await customerInChat();
  await claimChat(staff("ada"), chatId);
  await atDesk(staff("ada"), "busy");
  await atDesk(staff("ben"));
  await transferChat(staff("ada"), { sessionId: chatId, toCsId: staff("ben").userId });
  await forceAssign(staff("root"), chatId, staff("cleo").userId);
  await requeueChat(staff("cleo"), chatId);
  expect((await why(chatId)).map(({ kind, to, by }) => [kind, to, by])).toEqual([
    ["accept", "Ada", "Ada"],
    ["transfer", "Ben", "Ada"],
    ["admin", "Cleo", "Root"],
    ["requeued", null, "Cleo"],
    ["queue", "Ben", null],
  ]);
});
