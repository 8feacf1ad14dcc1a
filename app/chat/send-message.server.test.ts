import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { many, sql } from "~/db.server";
import { atDesk, customerInChat, hire, visitor } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { endChat } from "./end-chat.server";
import { Conflict, NotFound } from "./errors";
import { heard } from "./publish.server";
import { sendMessage } from "./send-message.server";
import { latestMessages } from "./read-log.server";

beforeAll(freshDatabase);

let ada: Staff;
let ben: Staff;
beforeAll(async () => {
  ada = await hire("ada", "cs", 1000);
  ben = await hire("ben");
  await atDesk(ada);
});

const stored = (chatId: string) =>
  many(
    z.object({ seq: z.number(), content: z.string() }),
    sql`select seq, content from messages where session_id = ${chatId} and sender_type <> 'system' order by seq`,
  );

describe("sendMessage", () => {
  test("stores the row, and tells this process about it after the commit", async () => {
    const { customer, chatId } = await customerInChat();
    const rows: string[] = [];
    const onRows = (all: { content: string }[]) => rows.push(...all.map((r) => r.content));
    heard.on("rows", onRows);
    const { message, repeated } = await sendMessage(customer, { clientId: "one", content: "My parcel?" });
    heard.off("rows", onRows);
    expect(repeated).toBe(false);
    expect(rows).toEqual(["My parcel?"]);
    expect((await stored(chatId)).at(-1)).toEqual({ seq: message.seq, content: "My parcel?" });
  });

  test("gives the first row again for the same clientId, even with another text", async () => {
    const { customer, chatId } = await customerInChat();
    const first = await sendMessage(customer, { clientId: "same", content: "first" });
    const again = await sendMessage(customer, { clientId: "same", content: "second" });
    expect(again.repeated).toBe(true);
    expect(again.message).toEqual(first.message);
    expect(await stored(chatId)).toHaveLength(2);
  });

  test("fifty at once with one clientId make one row", async () => {
    const { customer, chatId } = await customerInChat();
    const clientId = randomUUID();
    const all = await Promise.all(Array.from({ length: 50 }, () => sendMessage(customer, { clientId, content: "x" })));
    expect(new Set(all.map((s) => s.message.seq)).size).toBe(1);
    expect(all.filter((s) => !s.repeated)).toHaveLength(1);
    expect(await stored(chatId)).toHaveLength(2);
  });

  test("numbers many chats at once without gaps, in the order of each sender", async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => customerInChat("0")));
    await Promise.all(
      people.flatMap(({ customer, chatId }) =>
        Array.from({ length: 40 }, (_, i) =>
          sendMessage(customer, { sessionId: chatId, clientId: `n${i}`, content: String(i + 1) }),
        ),
      ),
    );
    for (const { chatId, customer } of people) {
      const log = await latestMessages(customer, chatId, 100);
      expect(log.map((m) => m.seq)).toEqual(log.map((_, i) => i + 1));
      const mine = log.filter((m) => m.senderType === "customer").map((m) => m.content);
      expect(mine).toEqual(Array.from({ length: 41 }, (_, i) => String(i)));
    }
  });

  test("a stranger's chat is not found, and nothing is stored", async () => {
    const { chatId } = await customerInChat();
    const stranger = await visitor("Eve");
    await expect(sendMessage(stranger, { sessionId: chatId, clientId: "e", content: "let me in" })).rejects.toThrow(
      NotFound,
    );
    await expect(sendMessage(ben, { sessionId: chatId, clientId: "b", content: "not mine" })).rejects.toThrow(NotFound);
    await expect(sendMessage(ada, { sessionId: "1 or 1=1", clientId: "b", content: "x" })).rejects.toThrow(NotFound);
    expect(await stored(chatId)).toHaveLength(1);
  });

  test("the same clientId from another customer is another message", async () => {
    const a = await customerInChat();
    const b = await customerInChat();
    await sendMessage(a.customer, { clientId: "shared-name", content: "from a" });
    const { message } = await sendMessage(b.customer, { clientId: "shared-name", content: "from b" });
    expect(message.content).toBe("from b");
  });

  test("an ended chat refuses new text but still knows what it stored", async () => {
    const { customer, chatId } = await customerInChat();
    await sendMessage(customer, { clientId: "before", content: "before" });
    await endChat(customer);
    await expect(sendMessage(customer, { sessionId: chatId, clientId: "after", content: "?" })).rejects.toThrow(
      Conflict,
    );
    const again = await sendMessage(customer, { sessionId: chatId, clientId: "before", content: "before" });
    expect(again.repeated).toBe(true);
  });

  test("is refused when a colleague answered after what the sender had seen", async () => {
    const { chatId } = await customerInChat();
    const boss = await hire("boss", "admin");
    const { message } = await sendMessage(boss, { sessionId: chatId, clientId: "b1", content: "I do this" });
    const late = { sessionId: chatId, clientId: "a1", content: "me too", expectedSeq: message.seq - 1 };
    await expect(sendMessage(ada, late)).rejects.toThrow(/colleague answered/);
    await expect(sendMessage(ada, { ...late, expectedSeq: message.seq })).resolves.toMatchObject({ repeated: false });
  });

  test("one that the database refuses does not fail its neighbours", async () => {
    const { customer, chatId } = await customerInChat();
    const results = await Promise.allSettled([
      sendMessage(customer, { sessionId: chatId, clientId: "ok1", content: "fine" }),
      // Past every check of ours: the column's own limit.
      sendMessage(customer, { sessionId: chatId, clientId: "bad", content: "x".repeat(20_000) }),
      sendMessage(customer, { sessionId: chatId, clientId: "ok2", content: "fine too" }),
    ]);
    expect(results.map((r) => r.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await stored(chatId)).map((r) => r.content)).toEqual(["Hello", "fine", "fine too"]);
  });
});
