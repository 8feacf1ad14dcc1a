import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { exec, many, one, sql } from "~/db.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { myStatus, setStatus } from "~/people/status.server";
import { changeSettings } from "~/settings/settings.server";
import { claimChat } from "./claim-chat.server";
import { endChat, resolveChat } from "./end-chat.server";
import { Conflict, NotFound } from "./errors";
import { currentChat } from "./find-chat.server";
import { myChats, queuedChats } from "./list-chats.server";
import { serveQueue } from "./serve-queue.server";

beforeAll(freshDatabase);
beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await exec(sql`delete from users`);
});

const holders = () =>
  many(
    z.object({ cs_id: z.number(), n: z.number() }),
    sql`select cs_id, count(*)::integer as n from chat_sessions where status = 'active' group by cs_id order by cs_id`,
  );

describe("serveQueue", () => {
  test("gives each waiting chat to the least loaded agent, and nobody more than the limit", async () => {
    const ada = await hire("ada", "cs", 2);
    const ben = await hire("ben", "cs", 3);
    await atDesk(ada);
    await atDesk(ben);
    await Promise.all(Array.from({ length: 7 }, () => customerInChat()));
    expect(await holders()).toEqual([
      { cs_id: ada.userId, n: 2 },
      { cs_id: ben.userId, n: 3 },
    ]);
    expect(await queuedChats()).toHaveLength(2);
  });

  test("serves who came first when an agent gets room, and says the others their new place", async () => {
    const ada = await hire("ada", "cs", 1);
    await atDesk(ada);
    const [first, second, third] = [await customerInChat(), await customerInChat(), await customerInChat()];
    expect((await currentChat(third.customer))?.position).toBe(2);
    await endChat(first.customer);
    expect((await currentChat(second.customer))?.status).toBe("active");
    expect(await currentChat(third.customer)).toMatchObject({ status: "waiting", position: 1 });
  });

  test("does not reach an agent who is busy, offline, or online without a sign of life", async () => {
    const [ada, ben, cleo] = [await hire("ada"), await hire("ben"), await hire("cleo")];
    await atDesk(ada, "busy");
    await atDesk(ben, "offline");
    await exec(sql`insert into cs_status (user_id, status) values (${cleo.userId}, 'online')`);
    await customerInChat();
    expect(await queuedChats()).toHaveLength(1);
    await setStatus(ada, "online");
    expect(await myChats(ada)).toHaveLength(1);
  });

  test("goes by the limit and the rule that an admin set, from the next round on", async () => {
    const [ada, root] = [await hire("ada", "cs", null), await hire("root", "admin")];
    await atDesk(ada);
    await changeSettings(root, { maxChats: 2 });
    for (let i = 0; i < 4; i++) await customerInChat();
    expect(await holders()).toEqual([{ cs_id: ada.userId, n: 2 }]);
    expect(await myStatus(ada)).toMatchObject({ activeChats: 2, maxChats: 2 });
    await changeSettings(root, { maxChats: 3 });
    await serveQueue();
    expect(await holders()).toEqual([{ cs_id: ada.userId, n: 3 }]);
    await changeSettings(root, { maxChats: 9, autoAssign: false });
    await serveQueue();
    expect(await holders()).toEqual([{ cs_id: ada.userId, n: 3 }]);
    await changeSettings(root, { autoAssign: true });
    await serveQueue();
    expect(await holders()).toEqual([{ cs_id: ada.userId, n: 4 }]);
  });
});

describe("claimChat", () => {
  test("has one winner; the others are told who", async () => {
    const team = await Promise.all(["ada", "ben", "cleo", "dora"].map((name) => hire(name)));
    const { chatId } = await customerInChat();
    const results = await Promise.allSettled(team.map((agent) => claimChat(agent, chatId)));
    const won = results.filter((r) => r.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const lost of results.filter((r) => r.status === "rejected")) {
      expect(lost.reason).toBeInstanceOf(Conflict);
      expect(lost.reason.message).toMatch(/^(Ada|Ben|Cleo|Dora) took this chat\.$/);
    }
  });

  test("never takes an agent over the limit, however many are claimed at once", async () => {
    const ada = await hire("ada", "cs", 3);
    const chats = await Promise.all(Array.from({ length: 8 }, () => customerInChat()));
    const results = await Promise.allSettled(chats.map(({ chatId }) => claimChat(ada, chatId)));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(3);
    expect(results.find((r) => r.status === "rejected")?.reason.message).toBe("You already have 3 of 3 chats.");
    expect(await holders()).toEqual([{ cs_id: ada.userId, n: 3 }]);
  });

  test("what is not a chat is not found", async () => {
    const ada = await hire("ada");
    for (const id of ["", "42", "1' or '1'='1", crypto.randomUUID()]) {
      await expect(claimChat(ada, id)).rejects.toThrow(NotFound);
    }
  });

  test("taking one's own again is harmless", async () => {
    const ada = await hire("ada");
    const { chatId } = await customerInChat();
    await claimChat(ada, chatId);
    await expect(claimChat(ada, chatId)).resolves.toMatchObject({ id: chatId, status: "active" });
  });
});

describe("resolveChat", () => {
  test("ends it once, with a row in the log, and makes room", async () => {
    const ada = await hire("ada", "cs", 1);
    await atDesk(ada);
    const { chatId } = await customerInChat();
    const waiting = await customerInChat();
    await resolveChat(ada, chatId);
    await expect(resolveChat(ada, chatId)).rejects.toThrow(Conflict);
    const { n } = await one(
      z.object({ n: z.number() }),
      sql`select count(*)::integer as n from messages where session_id = ${chatId} and event ->> 'kind' = 'ended'`,
    );
    expect(n).toBe(1);
    expect((await myChats(ada)).map((c) => c.id)).toEqual([waiting.chatId]);
  });

  test("does not let a stranger end it", async () => {
    const [ada, ben] = [await hire("ada"), await hire("ben")];
    const { chatId } = await customerInChat();
    await claimChat(ada, chatId);
    await expect(resolveChat(ben, chatId)).rejects.toThrow(/no such chat/);
  });
});

test("many servings at once give each chat to one agent, in order, and nobody more than the limit", async () => {
  const team = await Promise.all(["ada", "ben", "cleo"].map((name) => hire(name, "cs", 4)));
  const chats = [];
  for (let i = 0; i < 15; i++) chats.push(await customerInChat());
  for (const agent of team) await atDesk(agent);
  await Promise.all([...team.map((agent) => setStatus(agent, "online")), serveQueue(), serveQueue()]);
  expect((await holders()).map((h) => h.n)).toEqual([4, 4, 4]);
  expect((await queuedChats()).map((c) => c.id)).toEqual(chats.slice(12).map((c) => c.chatId));
});

test("serveQueue does nothing when there is nobody", async () => {
  await customerInChat();
  await serveQueue();
  expect(await queuedChats()).toHaveLength(1);
});
