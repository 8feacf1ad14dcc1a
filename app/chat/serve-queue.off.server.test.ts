import { beforeAll, expect, test } from "vitest";
import { setStatus } from "~/people/status.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { claimChat } from "./claim-chat.server";
import { resolveChat } from "./end-chat.server";
import { myChats, queuedChats } from "./list-chats.server";
import { requeueChat } from "./return-chats.server";
import { tendOnce } from "./tend.server";
import { transferChat } from "./transfer-chat.server";

process.env.AUTO_ASSIGN_ENABLED = "false";
beforeAll(freshDatabase);

test("with AUTO_ASSIGN_ENABLED=false accepting is left to people, and the rest works", async () => {
  const [ada, ben] = [await hire("ada"), await hire("ben")];
  await atDesk(ada, "busy");
  await atDesk(ben);
  const [one, two] = [await customerInChat(), await customerInChat()];
  await setStatus(ada, "online");
  await tendOnce();
  expect(await queuedChats()).toHaveLength(2);
  await claimChat(ada, two.chatId);
  await transferChat(ada, { sessionId: two.chatId, toCsId: ben.userId });
  expect((await myChats(ben)).map((c) => c.id)).toEqual([two.chatId]);
  await requeueChat(ben, two.chatId);
  expect((await queuedChats()).map((c) => c.id)).toEqual([two.chatId, one.chatId]);
  await claimChat(ada, one.chatId);
  await resolveChat(ada, one.chatId);
  await tendOnce();
  expect((await queuedChats()).map((c) => c.id)).toEqual([two.chatId]);
});
