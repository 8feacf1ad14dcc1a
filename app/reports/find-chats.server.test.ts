import { randomUUID } from "node:crypto";
import { z } from "zod";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { addNote } from "~/chat/add-note.server";
import { claimChat } from "~/chat/claim-chat.server";
import { editMessage, takeBackMessage } from "~/chat/edit-message.server";
import { endChat } from "~/chat/end-chat.server";
import { addLabel, allLabels } from "~/chat/labels.server";
import { rateChat } from "~/chat/rate-chat.server";
import { sendMessage } from "~/chat/send-message.server";
import { exec, many, sql } from "~/db.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { crowd } from "~/testing/crowd.server";
import { freshDatabase } from "~/testing/database.server";
import { countChats, exportedChats } from "./export-chats.server";
import { findChats, findInput } from "./find-chats.server";
import { FOUND_PAGE } from "./found-page.server";
import { indexAll, indexedSince, indexOnce } from "./index-search.server";

let root: Staff;
let ada: Staff;
beforeAll(freshDatabase);
beforeAll(async () => {
  root = await hire("root", "admin");
  ada = await hire("ada", "cs", 100);
});
beforeEach(() => exec(sql`delete from visitors`));

const find = (filter: object) => findChats(root, findInput.parse(filter));
const namesFor = async (filter: object) => (await find(filter)).chats.map((chat) => chat.customerName).sort();
const say = (chat: Awaited<ReturnType<typeof customerInChat>>, content: string) =>
  sendMessage(chat.customer, { sessionId: chat.chatId, clientId: randomUUID(), content });
const told = (parts: { text: string; hit?: true }[]) => parts.map((p) => (p.hit ? `[${p.text}]` : p.text)).join("");

/** The same answer from the messages themselves and from the index. */
async function bothWays(check: () => Promise<void>) {
  await check();
  await indexAll();
  await check();
}

describe("words", () => {
  test("are found in everything that was said, with operators, before and after they are indexed", async () => {
    const ann = await customerInChat("Where is my refund?", "Ann");
    await say(ann, "It was order HD-1234, three working days ago");
    await customerInChat("Uang saya belum kembali, mohon refund", "Budi");
    await customerInChat("I asked for days, and nobody is working", "Cleo");
    await bothWays(async () => {
      expect(await namesFor({ q: "refund" })).toEqual(["Ann", "Budi"]);
      expect(await namesFor({ q: "REFUND order" })).toEqual(["Ann"]);
      expect(await namesFor({ q: "refund -order" })).toEqual(["Budi"]);
      expect(await namesFor({ q: '"working days"' })).toEqual(["Ann"]);
      expect(await namesFor({ q: "mohon or nobody" })).toEqual(["Budi", "Cleo"]);
      expect(await namesFor({ q: "hd-1234" })).toEqual(["Ann"]);
      expect(await namesFor({ q: "1234" })).toEqual(["Ann"]);
      expect(await namesFor({ q: "cleo" })).toEqual(["Cleo"]);
      expect(await namesFor({ q: "refunds" })).toEqual([]);
      expect(await namesFor({ q: '"refund it"' })).toEqual([]);
    });
    expect((await find({ q: "refund order" })).chats[0]?.hits.map((hit) => told(hit.parts))).toEqual([
      "Where is my [refund]?",
      "It was [order] HD-1234, three working days ago",
    ]);
  });

  test("of a note are found and marked as one; what was taken back or changed is not found any more", async () => {
    const ann = await customerInChat("Hello", "Ann");
    await claimChat(ada, ann.chatId);
    await addNote(ada, { sessionId: ann.chatId, clientId: randomUUID(), content: "a difficult person" });
    const { message: wrong } = await say(ann, "my password is swordfish");
    const { message: typo } = await say(ann, "I mean oranges");
    await indexAll();
    expect((await find({ q: "difficult" })).chats[0]?.hits).toMatchObject([{ note: true, senderType: "cs" }]);
    expect(await namesFor({ q: "swordfish" })).toEqual(["Ann"]);
    await takeBackMessage(ann.customer, { sessionId: ann.chatId, seq: wrong.seq });
    await editMessage(ann.customer, { sessionId: ann.chatId, seq: typo.seq, content: "I mean lemons" });
    expect((await find({ q: "swordfish" })).chats.flatMap((chat) => chat.hits)).toEqual([]);
    await indexAll();
    expect(await namesFor({ q: "swordfish" })).toEqual([]);
    expect(await namesFor({ q: "oranges" })).toEqual([]);
    expect(await namesFor({ q: "lemons" })).toEqual(["Ann"]);
  });

  test("of a message too long for a vector do not keep the others from being found", async () => {
    const ann = await customerInChat("x", "Ann");
    await customerInChat("plain words", "Ben");
    await exec(sql`
      insert into messages (session_id, seq, sender_type, content)
      select ${ann.chatId}, n, 'customer', (select string_agg(md5(n::text || i), ' ') from generate_series(1, 300) i)
      from generate_series(2, 190) n`);
    await exec(sql`update chat_sessions set last_seq = 190 where id = ${ann.chatId}`);
    await indexAll();
    expect(await namesFor({ q: "plain" })).toEqual(["Ben"]);
  });

  test("that stand side by side are told from those that do not, however common each of them is", async () => {
    const ann = await customerInChat("The order was late, and a refund would be fair", "Ann");
    await say(ann, "Please refund the order");
    await customerInChat("Order refund please", "Ben");
    const cleo = await customerInChat("This is an order", "Cleo");
    await say(cleo, "refund it");
    const check = async () => {
      expect(await namesFor({ q: '"order refund"' })).toEqual(["Ben"]);
      expect(await namesFor({ q: '"refund the order"' })).toEqual(["Ann"]);
      expect(await namesFor({ q: '"refund the order" "the order was"' })).toEqual(["Ann"]);
      expect(await namesFor({ q: '"refund the order was"' })).toEqual([]);
      expect(await namesFor({ q: '"order refund" or "an order"' })).toEqual(["Ben", "Cleo"]);
      expect(await namesFor({ q: 'order -"order refund"' })).toEqual(["Ann", "Cleo"]);
      expect(await namesFor({ q: '"order refund" or late' })).toEqual(["Ann", "Ben"]);
      expect(await namesFor({ q: '"it cleo"' })).toEqual([]);
      expect(await countChats(root, findInput.parse({ q: '"order refund" or "an order"' }))).toBe(2);
    };
    await bothWays(check);
    const chunks = () =>
      many(z.object({ paired: z.boolean() }), sql`select pairs is not null as paired from search_chunks`);
    expect(await chunks()).toEqual([{ paired: true }, { paired: true }, { paired: true }]);
    await exec(sql`update search_chunks set pairs = null`);
    await check();
    await indexOnce();
    expect(await chunks()).toEqual([{ paired: true }, { paired: true }, { paired: true }]);
    await check();
  });

  test("that an older copy of the program indexed are found by their pairs too", async () => {
    const ann = await customerInChat("Hello there", "Ann");
    await indexAll();
    await exec(sql`
      update search_chunks set words = words || to_tsvector('simple', 'rare together') where session_id = ${ann.chatId}`);
    expect(await namesFor({ q: '"rare together"' })).toEqual(["Ann"]);
  });

  test("that are none are refused with the field's name", async () => {
    await expect(find({ q: "-refund" })).rejects.toMatchObject({
      code: "INVALID",
      details: { fields: { q: expect.any(String) } },
    });
  });
});

test("customers are found by a name with one wrong letter, by its beginning, by their e-mail", async () => {
  for (const name of ["Dewi Santoso", "Olivia Smith", "Zoë Ångström"]) await customerInChat("Hello", name);
  await exec(sql`update chat_sessions set customer_email = 'olivia.s@mail.example' where customer_name like 'Olivia%'`);
  await indexAll();
  for (const typed of ["dewi", "Dwei", "Dewi Santso", "santoso dewi", "dew", "Sanntoso"]) {
    expect(await namesFor({ customer: typed }), typed).toEqual(["Dewi Santoso"]);
  }
  expect(await namesFor({ customer: "Olvia Smtih" })).toEqual(["Olivia Smith"]);
  expect(await namesFor({ customer: "olivia.s@mail" })).toEqual(["Olivia Smith"]);
  expect(await namesFor({ customer: "Angström" })).toEqual(["Zoë Ångström"]);
  expect(await namesFor({ customer: "Bert" })).toEqual([]);
});

test("each filter keeps what fits it", async () => {
  const [ann, ben] = [await customerInChat("Hello", "Ann"), await customerInChat("Hello", "Ben")];
  await customerInChat("Hello", "Cleo");
  await claimChat(ada, ann.chatId);
  await endChat(ann.customer);
  await rateChat(ann.customer, { rating: 2 });
  await addLabel(root, { sessionId: ann.chatId, name: "urgent" });
  await endChat(ben.customer);
  await exec(sql`
    update chat_sessions set created_at = now() - interval '3 days', picked_up_at = now() - interval '3 days' + interval '20 minutes'
    where id = ${ann.chatId}`);
  await exec(sql`
    with file as (
      insert into attachments (id, session_id, visitor_id, sender_type, storage, storage_key, name, type, size, sha256)
      select ${randomUUID()}, id, visitor_id, 'customer', 'folder', md5('a'), 'a.txt', 'text/plain', 1, sha256('a')
      from chat_sessions where id = ${ben.chatId} returning id, session_id
    )
    insert into message_attachments (attachment_id, session_id, seq, position) select id, session_id, 1, 0 from file`);
  const [label] = await allLabels();
  const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  const cases: [object, string[]][] = [
    [{}, ["Ann", "Ben", "Cleo"]],
    [{ agent: String(ada.userId) }, ["Ann"]],
    [{ agent: "0" }, ["Ben", "Cleo"]],
    [{ status: "abandoned" }, ["Ben"]],
    [{ rating: "2" }, ["Ann"]],
    [{ rating: "none" }, ["Ben", "Cleo"]],
    [{ rating: "any" }, ["Ann"]],
    [{ label: String(label?.id) }, ["Ann"]],
    [{ file: "yes" }, ["Ben"]],
    [{ file: "no" }, ["Ann", "Cleo"]],
    [{ waited: "20" }, ["Ann"]],
    [{ waited: "21" }, []],
    [{ from: threeDaysAgo, to: threeDaysAgo }, ["Ann"]],
    [{ q: "hello", status: "waiting" }, ["Cleo"]],
  ];
  for (const [filter, names] of cases) expect(await namesFor(filter), JSON.stringify(filter)).toEqual(names);
  expect((await find({ rating: "2" })).chats).toMatchObject([
    { csName: "Ada", labels: ["urgent"], rating: 2, waitedSeconds: 1_200, status: "resolved", opening: "Hello" },
  ]);
});

test("a common word with a filter that fits next to none is found wherever it is", async () => {
  await crowd(3_300, { status: "resolved", messages: 1, since: 86_400 });
  await exec(sql`
    update chat_sessions set rating = 1 where id in (select id from chat_sessions order by created_at, id limit 30)`);
  await exec(sql`
    update chat_sessions set customer_name = 'Old One' where id = (select id from chat_sessions order by created_at, id limit 1)`);
  await indexAll();
  const pages = [await find({ q: "message", rating: "1" })];
  pages.push(await find({ q: "message", rating: "1", before: pages[0]?.older }));
  expect(pages.map(({ chats }) => chats.length)).toEqual([FOUND_PAGE, 5]);
  expect(pages[1]?.chats.at(-1)?.customerName).toBe("Old One");
  expect(await namesFor({ q: "message", customer: "Old One" })).toEqual(["Old One"]);
  expect(await namesFor({ q: "message", rating: "1", waited: "100000" })).toEqual([]);
}, 120_000);

test("pages lead through all chats and back, also those of one instant", async () => {
  await crowd(60, { status: "resolved" });
  await exec(sql`update chat_sessions set created_at = date_trunc('minute', created_at) + interval '1 microsecond'`);
  const first = await find({});
  const second = await find({ before: first.older });
  const third = await find({ before: second.older });
  const ids = [first, second, third].map((page) => page.chats.map(({ id }) => id));
  expect(ids.map((page) => page.length)).toEqual([FOUND_PAGE, FOUND_PAGE, 60 - 2 * FOUND_PAGE]);
  expect(new Set(ids.flat()).size).toBe(60);
  expect([first.newer, third.older]).toEqual([null, null]);
  const back = await find({ after: third.newer });
  expect(back.chats.map(({ id }) => id)).toEqual(ids[1]);
  const start = await find({ after: back.newer });
  expect([start.chats.map(({ id }) => id), start.newer]).toEqual([ids[0], null]);
});

test("the past is indexed step by step, and until then it is said what cannot be found yet", async () => {
  await crowd(700, { status: "resolved", since: 86_400 });
  await exec(sql`update search_progress set backfill_before = 'infinity', ended_through = now()`);
  await exec(sql`update chat_sessions set ended_at = ended_at - interval '1 day'`);
  expect(await indexedSince()).toBeInstanceOf(Date);
  expect(await indexOnce()).toBe(true);
  expect((await indexedSince())?.getTime()).toBeLessThan(Date.now() - 3_600_000);
  while (await indexOnce());
  expect(await indexedSince()).toBeNull();
  expect((await find({ q: "message" })).chats).toHaveLength(FOUND_PAGE);
});

test("of very long chats a step takes as much as it has time for, and the next one goes on", async () => {
  await crowd(3, { status: "resolved", since: 60 });
  await exec(sql`
    insert into messages (session_id, seq, sender_type, client_id, content)
    select s.id, n, 'customer', 'long-' || n, 'endless' from chat_sessions s, generate_series(100, 10_099) n`);
  await exec(sql`update chat_sessions set last_seq = 10_099`);
  const indexed = async () =>
    (await many(z.object({ id: z.string() }), sql`select distinct session_id as id from search_chunks`)).length;
  await exec(sql`delete from search_chunks`);
  await exec(sql`update search_progress set backfill_before = null, ended_through = now()`);
  for (const chats of [1, 2, 3]) {
    expect(await indexOnce()).toBe(chats < 3);
    expect(await indexed()).toBe(chats);
  }
});

describe("the export", () => {
  test("has every chat that fits once, and counts them before", async () => {
    await crowd(1_200, { status: "resolved" });
    const seen: string[] = [];
    for await (const rows of exportedChats(root, {})) seen.push(...rows.map(({ id }) => id));
    expect(new Set(seen).size).toBe(1_200);
    expect(await countChats(root, {})).toBe(1_200);
    expect(await countChats(root, { customer: "nobody" })).toBe(0);
  });

  test("lets go of its connection when the reader leaves or is gone", async () => {
    await crowd(1_200, { status: "resolved" });
    for (let n = 0; n < 12; n++) {
      for await (const rows of exportedChats(root, {})) if (rows.length > 0) break;
    }
    const gone = new AbortController();
    const seen: number[] = [];
    for await (const rows of exportedChats(root, {}, gone.signal)) {
      seen.push(rows.length);
      gone.abort();
    }
    expect(seen).toHaveLength(1);
  });
});

test("nothing of it is for agents", async () => {
  const refused = { code: "NOT_ALLOWED" };
  await expect(findChats(ada, {})).rejects.toMatchObject(refused);
  await expect(countChats(ada, {})).rejects.toMatchObject(refused);
  await expect(exportedChats(ada, {}).next()).rejects.toMatchObject(refused);
});
