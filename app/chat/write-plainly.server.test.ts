import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { db } from "~/db.server";
import { lines } from "~/message-path.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import type { Draft } from "./write-batch.server";
import { writePlainly } from "./write-plainly.server";

beforeAll(freshDatabase);

const draftOf = (sessionId: string, visitorId: string, more: Partial<Draft> = {}): Draft => ({
  sessionId,
  senderType: "customer",
  visitorId,
  senderId: null,
  senderName: null,
  anyChat: false,
  clientId: randomUUID(),
  messageType: "text",
  visibility: "all",
  content: "x",
  attachmentIds: [],
  expectedSeq: null,
  ...more,
});

async function chat() {
  const { customer, chatId } = await customerInChat();
  return { id: chatId, visitor: customer.visitorId };
}

const fromAgent = (userId: number): Partial<Draft> => ({ senderType: "cs", visitorId: null, senderId: userId });

test("writes for those who may, says nothing for the others, and numbers from the chat's counter", async () => {
  const agent = await hire("ani", "cs");
  const [one, other, ended, held] = [await chat(), await chat(), await chat(), await chat()];
  await db().query(
    "update chat_sessions set status = 'resolved', ended_at = now(), end_reason = 'admin' where id = $1",
    [ended.id],
  );
  await db().query("update chat_sessions set status = 'active', cs_id = $2 where id = $1", [held.id, agent.userId]);
  const rows = await writePlainly([
    draftOf(one.id, one.visitor, { content: 'a "quoted", {braced} \\ text' }),
    draftOf(other.id, one.visitor),
    draftOf(ended.id, ended.visitor),
    draftOf(held.id, "", fromAgent(agent.userId)),
    draftOf(randomUUID(), one.visitor),
  ]);
  expect(rows.map((row) => row?.seq ?? null)).toEqual([2, null, null, 2, null]);
  const { rows: stored } = await db().query("select content from messages where session_id = $1 and seq = 2", [one.id]);
  expect(stored[0].content).toBe('a "quoted", {braced} \\ text');
  expect(await writePlainly([draftOf(other.id, "", fromAgent(agent.userId))])).toEqual([null]);
  expect(await writePlainly([draftOf(other.id, "", { ...fromAgent(agent.userId), anyChat: true })])).toHaveLength(1);
});

test("moves the counters of the side that speaks; a note moves neither", async () => {
  const agent = await hire("budi", "cs");
  const { id, visitor } = await chat();
  await db().query("update chat_sessions set status = 'active', cs_id = $2 where id = $1", [id, agent.userId]);
  const columns = "last_seq, last_customer_seq, customer_read_seq, last_cs_seq, cs_read_seq, first_reply_at";
  const state = async () =>
    Object.values((await db().query(`select ${columns} from chat_sessions where id = $1`, [id])).rows[0] ?? {});
  await writePlainly([draftOf(id, visitor)]);
  expect(await state()).toEqual([2, 2, 2, 0, 0, null]);
  await writePlainly([draftOf(id, "", { ...fromAgent(agent.userId), visibility: "staff" })]);
  expect(await state()).toEqual([3, 2, 2, 0, 0, null]);
  await writePlainly([draftOf(id, "", { ...fromAgent(agent.userId), expectedSeq: 3 })]);
  expect(await state()).toEqual([4, 2, 2, 4, 4, expect.any(Date)]);
  const [late] = await writePlainly([draftOf(id, "", { ...fromAgent(agent.userId), expectedSeq: 3 })]);
  expect(late).toBeNull();
});

test("a repeat fails the whole statement: nobody is numbered", async () => {
  const [one, other] = [await chat(), await chat()];
  const draft = draftOf(one.id, one.visitor);
  await writePlainly([draft]);
  await expect(writePlainly([draft, draftOf(other.id, other.visitor)])).rejects.toMatchObject({ code: "23505" });
  const { rows } = await db().query("select last_seq from chat_sessions where id = any ($1)", [[one.id, other.id]]);
  expect(rows.map((row) => row.last_seq).sort()).toEqual([1, 2]);
});

test("finds its chats by their key, also when there are few", async () => {
  const { id, visitor } = await chat();
  await db().query(
    `insert into chat_sessions (id, visitor_id, status, ended_at, end_reason)
     select gen_random_uuid(), $1, 'resolved', now(), 'admin' from generate_series(1, 50)`,
    [visitor],
  );
  await db().query("analyze chat_sessions");
  await writePlainly([draftOf(id, visitor)]);
  const nothing = Array.from({ length: 9 }, () => "null").join();
  const { rows } = await lines.writer.query({ text: `explain execute "write-plainly" (${nothing})`, values: [] });
  const plan = rows.map((row: { "QUERY PLAN": string }) => row["QUERY PLAN"]).join("\n");
  expect(plan).toMatch(/Index Scan using chat_sessions_pkey on chat_sessions s .*\n +Index Cond: .id = d/);
  expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
});

test("with a chat go its messages, and a sender who is deleted is forgotten", async () => {
  const agent = await hire("citra", "cs");
  const { id, visitor } = await chat();
  await writePlainly([draftOf(id, "", { ...fromAgent(agent.userId), anyChat: true })]);
  const senders = async () =>
    (await db().query("select sender_id from messages where session_id = $1 and sender_type = 'cs'", [id])).rows;
  expect(await senders()).toEqual([{ sender_id: agent.userId }]);
  await db().query("delete from users where id = $1", [agent.userId]);
  expect(await senders()).toEqual([{ sender_id: null }]);
  await db().query("delete from visitors where id = $1", [visitor]);
  expect((await db().query("select 1 from messages where session_id = $1", [id])).rows).toEqual([]);
});
