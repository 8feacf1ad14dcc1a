import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { customerCookie } from "~/auth/cookies.server";
import { newSecret } from "~/auth/secret-token.server";
import { blockVisitor } from "~/chat/block-visitor.server";
import { claimChat } from "~/chat/claim-chat.server";
import { draftOf, saveDraft } from "~/chat/drafts.server";
import { endChat } from "~/chat/end-chat.server";
import { currentChat } from "~/chat/find-chat.server";
import { many, sql } from "~/db.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { answerIntent } from "./intents.server";

beforeAll(freshDatabase);

async function post(fields: Record<string, string>, token?: string) {
  const headers: HeadersInit = token ? { Cookie: customerCookie.write(token).split(";")[0] ?? "" } : {};
  const request = new Request("http://desk.example/?index", {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
  });
  const answer = await answerIntent(request, randomUUID());
  if (!("data" in answer)) return { status: answer.status, to: answer.headers.get("Location") };
  return { status: answer.init?.status, ...answer.data };
}

const said = async (chatId: string) => {
  const rows = await many(
    z.object({ content: z.string() }),
    sql`select content from messages where session_id = ${chatId} and sender_type = 'customer' order by seq`,
  );
  return rows.map(({ content }) => content);
};

const chatsOf = (name: string) =>
  many(z.object({ id: z.string() }), sql`select id from chat_sessions where customer_name = ${name}`);

test("a start form sent twice makes one chat with one message, and leads back to the page", async () => {
  const token = newSecret();
  const form = { intent: "start", clientId: randomUUID(), message: "Two parcels", customerName: "Maria" };
  expect(await post(form, token)).toEqual({ status: 303, to: "/" });
  expect(await post(form, token)).toEqual({ status: 303, to: "/" });
  const chats = await chatsOf("Maria");
  expect(chats).toHaveLength(1);
  expect(await said(chats[0]?.id ?? "")).toEqual(["Two parcels"]);
});

test("a wrong e-mail is named, and everything typed is kept", async () => {
  const form = {
    intent: "start",
    clientId: randomUUID(),
    message: "Hello",
    customerName: "Wrong",
    customerEmail: "a@b",
  };
  const answer = await post(form, newSecret());
  expect(answer).toMatchObject({ status: 400, ok: false, kept: form });
  expect(answer).toHaveProperty("fields.customerEmail");
  expect(await chatsOf("Wrong")).toEqual([]);
});

test("a message sent twice is stored once; another text from an old page is stored too, once", async () => {
  const { token, chatId } = await customerInChat("Hello");
  const form = { intent: "send", clientId: randomUUID() };
  for (const content of ["One", "One", "Two", "Two"]) {
    expect(await post({ ...form, content }, token)).toMatchObject({ status: 303 });
  }
  expect(await said(chatId)).toEqual(["Hello", "One", "Two"]);
});

test("what comes after the end is refused and kept", async () => {
  const { token, customer, chatId } = await customerInChat("Hello");
  await endChat(customer);
  const answer = await post({ intent: "send", clientId: randomUUID(), content: "One more thing" }, token);
  expect(answer).toMatchObject({ ok: false, kept: { content: "One more thing" } });
  expect(await said(chatId)).toEqual(["Hello"]);
});

test("the customer ends and rates; without stars the rating is refused", async () => {
  const { token, chatId } = await customerInChat();
  expect(await post({ intent: "end" }, token)).toMatchObject({ status: 303 });
  expect(await post({ intent: "rate", sessionId: chatId, feedback: "fine" }, token)).toMatchObject({
    status: 400,
    fields: { rating: "Choose one to five stars." },
    kept: { feedback: "fine" },
  });
  expect(await post({ intent: "rate", sessionId: chatId, rating: "4" }, token)).toMatchObject({ status: 303 });
});

test("a stranger changes nothing in somebody's chat", async () => {
  const { chatId } = await customerInChat("Mine");
  const { token } = await customerInChat("Another");
  const send = { intent: "send", sessionId: chatId, clientId: randomUUID(), content: "Not mine" };
  expect(await post(send, token)).toMatchObject({ ok: false, status: 404 });
  expect(await post(send)).toMatchObject({ ok: false, status: 401 });
  expect(await post({ intent: "rate", sessionId: chatId, rating: "1" }, token)).toMatchObject({
    ok: false,
    status: 404,
  });
  expect(await said(chatId)).toEqual(["Mine"]);
});

test("refreshing sends nothing and gives back what was typed", async () => {
  const { token, chatId } = await customerInChat("Hello");
  const answer = await post({ intent: "refresh", clientId: "x", content: "half a sen" }, token);
  expect(answer).toMatchObject({ ok: true, kept: { content: "half a sen" } });
  expect(await said(chatId)).toEqual(["Hello"]);
});

test("an intent that is none is refused", async () => {
  expect(await post({ intent: "constructor" }, newSecret())).toMatchObject({ status: 400, ok: false });
});

test("an e-mail is left with the open chat; a wrong one is named and kept", async () => {
  const { customer, token } = await customerInChat();
  const wrong = { intent: "email", email: "ann@" };
  expect(await post(wrong, token)).toMatchObject({ status: 400, kept: wrong, fields: { email: expect.any(String) } });
  expect(await post({ intent: "email", email: "ann@example.com" }, token)).toEqual({ status: 303, to: "/" });
  expect(await currentChat(customer)).toMatchObject({ customerEmail: "ann@example.com" });
});

test("what is sent by form is no draft any more; another's draft stays", async () => {
  const [ann, bob] = [await customerInChat(), await customerInChat()];
  for (const { customer, chatId } of [ann, bob]) await saveDraft(customer, { sessionId: chatId, content: "half a" });
  await post({ intent: "send", clientId: randomUUID(), content: "half a sentence" }, ann.token);
  expect(await draftOf(ann.customer, ann.chatId)).toBe("");
  expect(await draftOf(bob.customer, bob.chatId)).toBe("half a");
});

test("somebody who was blocked is told politely, and keeps the text", async () => {
  const { token, chatId } = await customerInChat();
  const ada = await hire("ada");
  await claimChat(ada, chatId);
  await blockVisitor(ada, chatId);
  const form = { intent: "start", clientId: randomUUID(), message: "Why is that?" };
  expect(await post(form, token)).toMatchObject({ status: 403, code: "NOT_ALLOWED", kept: form });
});
