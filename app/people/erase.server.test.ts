import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { resolveChat } from "~/chat/end-chat.server";
import { verifyActivity } from "~/activity/verify-activity.server";
import { exec, many, one, sql } from "~/db.server";
import { changeSettings } from "~/settings/settings.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { eraseOwnChat } from "./own-data.server";
import { nightlyOnce, wouldErase } from "./retention.server";
import { eraseVisitor, visitorData, visitorOfChat } from "./visitor-data.server";

let root: Staff;
beforeAll(freshDatabase);
beforeAll(async () => {
  root = await hire("root", "admin");
});

/** A file of the chat's customer, as if it had been uploaded. */
async function upload(chatId: string) {
  const key = randomUUID().replaceAll("-", "");
  await exec(sql`
    insert into attachments (id, session_id, visitor_id, sender_type, storage, storage_key, name, type, size, sha256)
    select ${randomUUID()}, id, visitor_id, 'customer', 'folder', ${key}, 'a.txt', 'text/plain', 1, sha256('x')
    from chat_sessions where id = ${chatId}`);
  return key;
}

const deletions = async () =>
  (await many(z.object({ key: z.string() }), sql`select storage_key as key from file_deletions`)).map(({ key }) => key);
const left = (table: "messages" | "chat_sessions" | "visitors") =>
  one(
    z.object({ n: z.number() }),
    table === "messages"
      ? sql`select count(*)::integer as n from messages`
      : table === "visitors"
        ? sql`select count(*)::integer as n from visitors`
        : sql`select count(*)::integer as n from chat_sessions`,
  );

beforeEach(async () => {
  await exec(sql`delete from visitors`);
  await exec(sql`delete from nightly_runs`);
  await exec(sql`delete from file_deletions`);
});

describe("a customer", () => {
  test("is shown and given with everything that is theirs, and erased with it; others stay", async () => {
    const ann = await customerInChat("Hello", "Ann");
    const ben = await customerInChat("Hi", "Ben");
    const key = await upload(ann.chatId);
    expect(await visitorOfChat(root, ann.chatId)).toMatchObject({
      visitor: { name: "Ann" },
      counts: { chats: 1, files: 1 },
    });
    expect(await visitorData(root, ann.chatId)).toMatchObject({
      visitor: { name: "Ann" },
      chats: [{ messages: [{ from: "customer", text: "Hello" }], files: [{ name: "a.txt", bytes: 1 }] }],
    });
    const { chats, files, messages } = await eraseVisitor(root, ann.chatId);
    expect([chats, files]).toEqual([1, 1]);
    expect(messages).toBeGreaterThanOrEqual(2);
    expect(await deletions()).toEqual([key]);
    await expect(visitorOfChat(root, ann.chatId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await visitorOfChat(root, ben.chatId)).counts.chats).toBe(1);
    await expect(eraseVisitor(root, ann.chatId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(visitorOfChat(root, "no uuid")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is no agent's to erase or download", async () => {
    const [ada, ann] = [await hire(`ada${randomUUID().slice(0, 8)}`), await customerInChat()];
    for (const ask of [visitorOfChat, visitorData, eraseVisitor]) {
      await expect(ask(ada, ann.chatId)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }
    await expect(wouldErase(ada, 1, 1)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  });

  test("erases an ended chat of their own where that is allowed, and nothing else", async () => {
    const [ann, ben] = [await customerInChat(), await customerInChat()];
    await resolveChat(root, ann.chatId);
    await expect(eraseOwnChat(ann.customer, ann.chatId)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    await changeSettings(root, { customersErase: true });
    for (const [who, chat] of [
      [ben.customer, ann.chatId],
      [ben.customer, ben.chatId],
      [ben.customer, randomUUID()],
      [ben.customer, "x"],
    ] as const) {
      await expect(eraseOwnChat(who, chat)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await eraseOwnChat(ann.customer, ann.chatId);
    expect((await left("chat_sessions")).n).toBe(1);
  });
});

describe("what is too old", () => {
  /** Ended so many days ago. */
  async function past(days: number) {
    const { chatId } = await customerInChat();
    await resolveChat(root, chatId);
    await exec(sql`
      update visitors set created_at = now() - make_interval(days => ${days})
      where id = (select visitor_id from chat_sessions where id = ${chatId})`);
    await exec(sql`update chat_sessions set ended_at = now() - make_interval(days => ${days}) where id = ${chatId}`);
    return chatId;
  }

  test("goes at night, as the dry run said, once, by one instance; open chats and blocked customers stay", async () => {
    // By a clock on which it is past three.
    const zone = new Date().getUTCHours() < 4 ? "Asia/Tokyo" : "UTC";
    await changeSettings(root, { timeZone: zone, retentionDays: 30 });
    const old = [await past(31), await past(400)];
    const kept = [await past(29), (await customerInChat()).chatId];
    const blocked = await past(40);
    await exec(
      sql`update visitors set blocked_at = now() where id = (select visitor_id from chat_sessions where id = ${blocked})`,
    );
    const key = await upload(old[0] ?? "");
    const would = await wouldErase(root, 30, 0);
    expect(would).toMatchObject({ chats: 3, files: 1, visitors: 2, logRows: 0 });
    expect(await wouldErase(root, 0, 0)).toMatchObject({ chats: 0, messages: 0, visitors: 0 });
    const before = (await left("messages")).n;
    const runs = await Promise.all([nightlyOnce(), nightlyOnce(), nightlyOnce()]);
    expect(runs.filter(Boolean)).toHaveLength(1);
    expect(await nightlyOnce()).toBe(false);
    expect(before - (await left("messages")).n).toBe(would.messages);
    expect((await left("visitors")).n).toBe(3);
    for (const chatId of kept) expect((await visitorOfChat(root, chatId)).counts.chats).toBe(1);
    expect(await deletions()).toEqual([key]);
    const [entry] = await many(
      z.object({ details: z.unknown() }),
      sql`select details from activity_logs where action = 'data.erased'`,
    );
    expect(entry?.details).toEqual({ chats: 3, messages: would.messages, files: 1, visitors: 2 });
  });

  test("waits until three at night by the organisation's clock", async () => {
    const early = Array.from({ length: 24 }, (_, h) => h).find((h) => (new Date().getUTCHours() + h) % 24 === 1) ?? 0;
    const zone = early <= 12 ? `Etc/GMT-${early}` : `Etc/GMT+${24 - early}`;
    await changeSettings(root, { timeZone: zone, activityRetentionDays: 1 });
    expect(await nightlyOnce()).toBe(false);
    const late = (early + 6) % 24;
    await changeSettings(root, { timeZone: late <= 12 ? `Etc/GMT-${late}` : `Etc/GMT+${24 - late}` });
    expect(await nightlyOnce()).toBe(true);
    expect(await verifyActivity(root)).toMatchObject({ broken: null });
  });
});
