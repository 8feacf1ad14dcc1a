import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { addNote } from "./add-note.server";
import { claimChat } from "./claim-chat.server";
import { takeBackMessage } from "./edit-message.server";
import { chatSearchInput, messagesAround, searchChat } from "./search-chat.server";
import { sendMessage } from "./send-message.server";

beforeAll(freshDatabase);

let ada: Staff;
let chatId: string;
beforeAll(async () => {
  ada = await hire("ada");
  await atDesk(ada, "busy");
  ({ chatId } = await customerInChat("Where is my PARCEL 100%?", "Ann"));
  await claimChat(ada, chatId);
  const say = (content: string) => sendMessage(ada, { sessionId: chatId, clientId: randomUUID(), content });
  await say("The parcel left_yesterday");
  await addNote(ada, { sessionId: chatId, clientId: randomUUID(), content: "parcel insured" });
  const { message } = await say("the parcel that nobody should read");
  await takeBackMessage(ada, { sessionId: chatId, seq: message.seq });
  for (let i = 0; i < 160; i++) await say(`line ${i}`);
});

const found = async (q: string) => (await searchChat(ada, chatId, q)).map(({ excerpt }) => excerpt);

describe("search in one chat", () => {
  test("finds every word in any case and order, newest first, notes too, and nothing that was taken back", async () => {
    expect(await found("parcel")).toEqual(["parcel insured", "The parcel left_yesterday", "Where is my PARCEL 100%?"]);
    expect(await found("yesterday parcel")).toEqual(["The parcel left_yesterday"]);
    expect(await found("joined")).toEqual([]);
  });

  test("wildcards are letters, and nothing is asked for by nothing", async () => {
    expect(await found("100%")).toEqual(["Where is my PARCEL 100%?"]);
    expect(await found("t_y")).toEqual(["The parcel left_yesterday"]);
    expect(await found("%")).toEqual(["Where is my PARCEL 100%?"]);
    expect(await found("  ")).toEqual([]);
  });

  test("a long text is cut around the first word", async () => {
    await sendMessage(ada, {
      sessionId: chatId,
      clientId: randomUUID(),
      content: `${"x ".repeat(200)}needle${" y".repeat(200)}`,
    });
    const [excerpt = ""] = await found("NEEDLE");
    expect(excerpt).toMatch(/^….*needle.*…$/);
    expect(excerpt.length).toBeLessThan(170);
  });

  test("a stranger finds no chat", async () => {
    await expect(searchChat(await hire("ben"), chatId, "parcel")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("around a message are those before and after it, in order and without a gap", async () => {
    const [hit] = await searchChat(ada, chatId, "line 80");
    const seqs = (await messagesAround(ada, chatId, hit!.seq)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 141 }, (_, i) => hit!.seq - 70 + i));
    expect((await messagesAround(ada, chatId, 1)).map(({ seq }) => seq)[0]).toBe(1);
    expect((await messagesAround(ada, chatId, 2_147_483_647)).length).toBeGreaterThan(50);
  });

  test("what was cut or guessed searches for nothing", () => {
    expect(chatSearchInput.parse({ q: "x".repeat(300), at: "-1" })).toEqual({ q: "", at: undefined });
    expect(chatSearchInput.parse({ q: " a ", at: "7" })).toEqual({ q: "a", at: 7 });
  });
});
