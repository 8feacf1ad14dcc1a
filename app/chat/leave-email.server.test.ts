import { beforeAll, expect, test } from "vitest";
import { heard } from "~/chat/publish.server";
import { customerInChat, hire, visitor } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { claimChat } from "./claim-chat.server";
import { endChat } from "./end-chat.server";
import { currentChat, findChat } from "./find-chat.server";
import { leaveEmail } from "./leave-email.server";
import type { News } from "./news";

beforeAll(freshDatabase);

test("it is with the open chat, for the agent who holds it too, and with no other", async () => {
  const [ann, bob] = [await customerInChat(), await customerInChat()];
  const ada = await hire("ada");
  await claimChat(ada, ann.chatId);
  const news: News[] = [];
  heard.on("news", (one) => news.push(one));
  await leaveEmail(ann.customer, { email: "ann@example.com" });
  expect(await currentChat(ann.customer)).toMatchObject({ customerEmail: "ann@example.com" });
  expect(await findChat(ada, ann.chatId)).toMatchObject({ customerEmail: "ann@example.com" });
  expect(await currentChat(bob.customer)).toMatchObject({ customerEmail: null });
  expect(news.at(-1)).toMatchObject({ queue: true, agents: new Set([ada.userId]) });
});

test("without an open chat there is nothing to leave it with", async () => {
  const ann = await customerInChat();
  await endChat(ann.customer);
  await expect(leaveEmail(ann.customer, { email: "ann@example.com" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(leaveEmail(await visitor(), { email: "x@example.com" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
