import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { sendMessage } from "~/chat/send-message.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { countUse, createCanned } from "./edit-canned.server";
import { cannedFor } from "./list-canned.server";

beforeAll(freshDatabase);

let ada: Staff;
const ids = new Map<string, number>();
beforeAll(async () => {
  ada = await hire("ada");
  const root = await hire("root", "admin");
  const make = async (by: Staff, shortcut: string, content: string, shared = false) =>
    ids.set(shortcut, await createCanned(by, { shortcut, title: shortcut, content }, shared));
  await make(root, "hello", "Hello, how can I help?", true);
  await make(root, "returns", "You can send a jacket back within 30 days.", true);
  await make(ada, "invoice", "The invoice comes by e-mail.");
  await make(await hire("ben"), "bens", "The jacket of another agent");
});

const shortcuts = async (chatId?: string) => (await cannedFor(ada, chatId)).map(({ shortcut }) => shortcut);
const use = async (shortcut: string) => countUse(ada, ids.get(shortcut) ?? 0);

describe("canned replies", () => {
  test("one's own and the team's, the most used first; using one counts it", async () => {
    expect(await shortcuts()).toEqual(["hello", "invoice", "returns"]);
    await use("returns");
    await use("invoice");
    await use("invoice");
    expect(await shortcuts()).toEqual(["invoice", "returns", "hello"]);
    expect((await cannedFor(ada)).map(({ used }) => used)).toEqual([2, 1, 0]);
  });

  test("another agent's is not used, and not counted", async () => {
    await use("bens");
    expect(await shortcuts()).not.toContain("bens");
  });

  test("what shares words with the customer's last message goes before what is used more", async () => {
    const { customer, chatId } = await customerInChat("How long do I have to send the JACKET back?");
    expect((await shortcuts(chatId))[0]).toBe("returns");
    await sendMessage(customer, { sessionId: chatId, clientId: randomUUID(), content: "And where is my invoice?" });
    expect((await shortcuts(chatId))[0]).toBe("invoice");
    await sendMessage(customer, { sessionId: chatId, clientId: randomUUID(), content: "'); drop -- & | ! :* <->" });
    expect(await shortcuts(chatId)).toEqual(["invoice", "returns", "hello"]);
  });
});
