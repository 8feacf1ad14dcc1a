import pg from "pg";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { db, exec, many, sql } from "~/db.server";
import { markIdleAway, noteLostAgents } from "~/people/attendance.server";
import { colleagues } from "~/people/colleagues.server";
import { changeSettings, settings } from "~/settings/settings.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { crowd } from "~/testing/crowd.server";
import { freshDatabase } from "~/testing/database.server";
import { board } from "./board.server";
import { claimChat } from "./claim-chat.server";
import { resolveChat } from "./end-chat.server";
import { currentChat, findChat, pastChats } from "./find-chat.server";
import { endIdleChats } from "./idle-chats.server";
import { allChats, myChats, queuedChats, waitingChats, waitingCount } from "./list-chats.server";
import { markRead } from "./mark-read.server";
import { pickUpRate, queuePlace, teamThere, waitingIds } from "./queue-places.server";
import { latestMessages, messagesAfter, rowsAfter } from "./read-log.server";
import { assignmentsOf } from "./record-assignment.server";
import { requeueChat, returnAbandoned, returnUnanswered } from "./return-chats.server";
import { searchChat } from "./search-chat.server";
import { sendMessage } from "./send-message.server";
import { serveQueue } from "./serve-queue.server";
import { transferChat } from "./transfer-chat.server";

const STORED_CHATS = 50_000;
const WAITING = 500;

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

let ada: Staff;
let ben: Staff;
let ann: Awaited<ReturnType<typeof customerInChat>>;
beforeAll(freshDatabase);
beforeAll(async () => {
  [ada, ben] = [await hire("ada", "cs", 20), await hire("ben", "cs", 20)];
  await atDesk(ada);
  ann = await customerInChat();
  await crowd(STORED_CHATS, { status: "resolved", messages: 2, since: 30 * 86_400 });
  // They ended long ago with the agents whom everybody had.
  await exec(sql`update chat_sessions set cs_id = ${ben.userId}, assigned_at = created_at where status = 'resolved'`);
  await exec(sql`vacuum analyze`);
}, 120_000);

beforeEach(async () => {
  await exec(sql`delete from chat_sessions where status = 'waiting'`);
  await crowd(WAITING, { since: 60 });
});

/** Every statement that the work sends to the database, with its values. */
async function statementsOf(work: () => Promise<unknown>) {
  const sent: { text: string; values: unknown[] }[] = [];
  const spy = vi.spyOn(pg.Client.prototype, "query");
  try {
    await work();
    for (const [statement] of spy.mock.calls as unknown[][]) {
      if (typeof statement !== "object" || statement === null || !("text" in statement)) continue;
      const { text, values = [] } = statement as { text: string; values?: unknown[] };
      if (/^\s*(select|insert|update|delete|with)/i.test(text)) sent.push({ text, values });
    }
  } finally {
    spy.mockRestore();
  }
  return sent;
}

/** Relations that a plan reads from end to end. */
function scanned({ Plans = [], ...node }: Plan): string[] {
  const own = node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : [];
  return [...own, ...Plans.flatMap(scanned)];
}

async function scansIn({ text, values }: { text: string; values: unknown[] }, how = "") {
  const { rows } = await db().query({ text: `explain (format json ${how}) ${text}`, values });
  return scanned(rows[0]["QUERY PLAN"][0].Plan).filter((name) => ["chat_sessions", "messages"].includes(name));
}

/** `at` most so many statements, and none that reads all chats or all messages. */
async function usesIndexes(work: () => Promise<unknown>) {
  const sent = await statementsOf(work);
  expect(sent).not.toEqual([]);
  for (const statement of sent) {
    expect(await scansIn(statement), statement.text.replace(/\s+/g, " ")).toEqual([]);
  }
}

const calls: [string, () => Promise<unknown>][] = [
  ["serving the queue", () => serveQueue()],
  ["the place of one", async () => queuePlace((await waitingIds(20)).at(-1) ?? "")],
  ["places in the queue, the first", () => waitingIds(20)],
  ["places in the queue, all", () => waitingIds()],
  ["who is there", () => teamThere()],
  ["how fast chats are taken up", () => pickUpRate()],
  ["how many wait", () => waitingCount()],
  ["some of the queue", async () => waitingChats(await waitingIds(20))],
  ["my chats", () => myChats(ada)],
  ["the queue's list", () => queuedChats()],
  ["everybody's open chats", async () => allChats({ ...ada, role: "admin" })],
  ["a search in a chat", () => searchChat(ada, ann.chatId, "hello")],
  ["colleagues", () => colleagues()],
  ["the board", () => board()],
  ["what followers lack", () => rowsAfter([{ sessionId: ann.chatId, after: 0 }])],
  ["messages after", () => messagesAfter(ann.customer, ann.chatId, 0)],
  ["the newest messages", () => latestMessages(ada, ann.chatId)],
  ["the customer's chat", () => currentChat(ann.customer)],
  ["the customer's past chats", () => pastChats(ann.customer)],
  ["a chat as staff see it", () => findChat(ada, ann.chatId)],
  ["a send", () => sendMessage(ann.customer, { clientId: crypto.randomUUID(), content: "More" })],
  ["an answer", () => sendMessage(ada, { sessionId: ann.chatId, clientId: crypto.randomUUID(), content: "So" })],
  ["a read mark", () => markRead(ada, { sessionId: ann.chatId, seq: 3 })],
  ["why it went to whom", () => assignmentsOf(ann.chatId)],
  ["a start", () => customerInChat()],
  ["tending: agents who are gone", () => noteLostAgents()],
  ["tending: their chats", () => returnAbandoned()],
  ["tending: no answer", () => returnUnanswered()],
  ["tending: away", () => markIdleAway()],
  ["tending: silence", () => endIdleChats()],
];

describe(`with ${STORED_CHATS} chats stored and ${WAITING} waiting, no chat or message is looked for one by one`, () => {
  beforeAll(async () => {
    const root = await hire("root", "admin");
    await changeSettings(root, { ...(await settings()), noAnswerSeconds: 3_600 });
  });
  test.each(calls)("%s", async (_, work) => {
    await usesIndexes(work);
  });

  test("accept, hand over, give back, end", async () => {
    await exec(sql`update users set max_chats = 1000`);
    await atDesk(ben, "busy");
    await exec(sql`update cs_status set status = 'busy' where user_id = ${ada.userId}`);
    const { chatId } = await customerInChat();
    await usesIndexes(() => claimChat(ada, chatId));
    await exec(sql`update cs_status set status = 'online' where user_id = ${ben.userId}`);
    await exec(sql`delete from chat_sessions where status = 'waiting'`);
    await usesIndexes(() => transferChat(ada, { sessionId: chatId, toCsId: ben.userId, note: "yours" }));
    await usesIndexes(() => requeueChat(ben, chatId));
    await exec(sql`update cs_status set status = 'busy'`);
    await claimChat(ada, chatId).catch(() => {});
    await usesIndexes(() => resolveChat(ada, chatId));
  });

  test("the write of a batch, also when its plan is made once for all batches", async () => {
    const [batch] = (await statementsOf(() => sendMessage(ann.customer, { clientId: "plan", content: "x" }))).filter(
      ({ text }) => text.includes("insert into messages"),
    );
    const [{ version = 0 } = {}] = await many(
      z.object({ version: z.number() }),
      sql`select current_setting('server_version_num')::integer as version`,
    );
    expect(batch).toBeDefined();
    if (batch && version >= 160_000)
      expect(await scansIn({ text: batch.text, values: [] }, ", generic_plan")).toEqual([]);
  });
});
