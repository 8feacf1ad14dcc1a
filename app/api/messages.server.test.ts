import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { sendMessage } from "~/chat/send-message.server";
import { messagesAfter } from "~/chat/read-log.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { claimChat } from "~/chat/claim-chat.server";
import { getMessages, postMessage } from "./messages.server";

beforeAll(freshDatabase);

const asked = (query: string) => new Request(`http://desk/api/chat/messages?${query}`);
const posted = (body: object) =>
  new Request("http://desk/", { method: "POST", body: JSON.stringify({ clientId: randomUUID(), ...body }) });

test("the page of the log before a seq, newest last, without what only colleagues see", async () => {
  const { customer, chatId } = await customerInChat("one");
  const ada = await hire("ada");
  await claimChat(ada, chatId);
  await postMessage(ada, chatId, posted({ content: "only we know", note: true }));
  for (const content of ["two", "three"])
    await sendMessage(customer, { sessionId: chatId, clientId: randomUUID(), content });
  const contents = async (actor: typeof customer | typeof ada, query: string) => {
    const { body } = await getMessages(actor, chatId, asked(query));
    return (body as { messages: { content: string }[] }).messages.map(({ content }) => content);
  };
  const last = (await messagesAfter(customer, chatId, 0)).at(-1)!.seq;
  expect(await contents(customer, `before=${last}&limit=1`)).toEqual(["two"]);
  expect(await contents(customer, `before=${last}`)).not.toContain("only we know");
  expect(await contents(ada, `before=${last}`)).toContain("only we know");
  expect(await contents(customer, "before=1")).toEqual([]);
  await expect(contents(customer, "before=x")).rejects.toMatchObject({ code: "INVALID" });
});

test("`note: true` makes a note of a colleague's words, and nothing of a customer's", async () => {
  const { customer, chatId } = await customerInChat();
  const ada = await hire("berta");
  await claimChat(ada, chatId);
  const { body } = await postMessage(ada, chatId, posted({ content: "a note", note: true }));
  expect(body).toMatchObject({ message: { note: true } });
  const said = await postMessage(customer, chatId, posted({ content: "mine", note: true }));
  expect(said.body).toMatchObject({ message: { senderType: "customer" } });
  expect(said.body).not.toHaveProperty("message.note");
});
