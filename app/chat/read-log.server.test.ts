import { beforeAll, expect, test } from "vitest";
import { exec, sql } from "~/db.server";
import { customerInChat } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { PAGE_SIZE, rowsAfter } from "./read-log.server";
import { sendMessage } from "./send-message.server";

beforeAll(freshDatabase);

type Chat = Awaited<ReturnType<typeof customerInChat>>;

const say = ({ customer, chatId }: Chat, content: string, attachmentIds: string[] = []) =>
  sendMessage(customer, { sessionId: chatId, clientId: crypto.randomUUID(), content, attachmentIds });

async function uploaded({ customer, chatId }: Chat, name: string) {
  const id = crypto.randomUUID();
  await exec(sql`
    insert into attachments (id, session_id, visitor_id, sender_type, storage, storage_key, name, type, size, sha256)
    values (${id}, ${chatId}, ${customer.visitorId}, 'customer', 'folder', ${id.replaceAll("-", "")}, ${name}, 'text/plain', 3, sha256('abc'))`);
  return id;
}

test("rows of many chats come each chat in order, from its own place on, with their files", async () => {
  const [ann, ben] = [await customerInChat(), await customerInChat()];
  await say(ann, "one");
  const files = [await uploaded(ann, "b.txt"), await uploaded(ann, "a.txt")];
  await say(ann, "two", files);
  await say(ben, "other", [await uploaded(ben, "c.txt")]);
  await say(ann, "three");
  const rows = await rowsAfter([
    { sessionId: ann.chatId, after: 1 },
    { sessionId: ben.chatId, after: 0 },
  ]);
  const of = (chat: Chat) => rows.filter((row) => row.session_id === chat.chatId);
  const names = (row?: (typeof rows)[number]) => row?.attachments?.map((file) => file.name) ?? null;
  expect(of(ann).map((row) => [row.seq, row.content, names(row)])).toEqual([
    [2, "one", null],
    [3, "two", ["b.txt", "a.txt"]],
    [4, "three", null],
  ]);
  expect(of(ben).map((row) => [row.seq, names(row)])).toEqual([
    [1, null],
    [2, ["c.txt"]],
  ]);
});

test("a long absence is read in pages", async () => {
  const chat = await customerInChat();
  for (let i = 0; i < PAGE_SIZE + 5; i++) await say(chat, `said ${i}`);
  const page = await rowsAfter([{ sessionId: chat.chatId, after: 0 }]);
  expect(page.map((row) => row.seq)).toEqual(Array.from({ length: PAGE_SIZE }, (_, i) => i + 1));
});
