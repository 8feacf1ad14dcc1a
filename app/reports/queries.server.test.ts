import pg from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import type { Staff } from "~/auth/actor";
import { db, exec, sql } from "~/db.server";
import { hire } from "~/testing/cast.server";
import { crowd } from "~/testing/crowd.server";
import { freshDatabase } from "~/testing/database.server";
import type { ChatFilter } from "./chat-filter.server";
import { exportedChats } from "./export-chats.server";
import { findChats } from "./find-chats.server";
import { indexAll, indexOnce } from "./index-search.server";
import { trends } from "./trends.server";

const STORED_CHATS = 20_000;
const AT_ONCE = 2_000;

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

let root: Staff;
beforeAll(freshDatabase);
beforeAll(async () => {
  root = await hire("root", "admin");
  for (let stored = 0; stored < STORED_CHATS; stored += AT_ONCE)
    await crowd(AT_ONCE, { status: "resolved", messages: 2, since: 300 * 86_400 });
  await crowd(20);
  await exec(sql`
    update chat_sessions set customer_name = 'Olivia Unique'
    where id = (select id from chat_sessions order by created_at limit 1)`);
  await exec(sql`
    update messages set content = 'a word nobody else says: xylophone'
    where seq = 1 and session_id = (select id from chat_sessions order by created_at limit 1)`);
  await indexAll();
  await exec(sql`vacuum analyze`);
}, 300_000);

/** The statements of the work that are read from end to end. */
async function wholeReads(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, "query");
  await work();
  const sent = spy.mock.calls.flatMap(([statement]: unknown[]) => {
    const { text = "", values = [] } = (statement ?? {}) as { text?: string; values?: unknown[] };
    return /^\s*(select|with)/i.test(text) ? [{ text, values }] : [];
  });
  spy.mockRestore();
  expect(sent).not.toEqual([]);
  const found: string[] = [];
  for (const { text, values } of sent) {
    const { rows } = await db().query({ text: `explain (format json) ${text}`, values });
    const names = scanned(rows[0]["QUERY PLAN"][0].Plan);
    const large = names.filter((name) => ["chat_sessions", "messages", "search_chunks"].includes(name));
    if (large.length > 0) found.push(`${large.join()}: ${text.replace(/\s+/g, " ")}`);
  }
  return found;
}

function scanned({ Plans = [], ...node }: Plan): string[] {
  const own = node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : [];
  return [...own, ...Plans.flatMap(scanned)];
}

async function exported(filter: ChatFilter) {
  for await (const rows of exportedChats(root, filter)) expect(rows).toHaveLength(1);
}

const calls: [string, () => Promise<unknown>][] = [
  ["the newest chats", () => findChats(root, {})],
  ["the chats of an agent", () => findChats(root, { agent: 1 })],
  ["the chats of a day", () => findChats(root, { from: "2020-01-01", to: "2020-01-01" })],
  ["the chats with a label", () => findChats(root, { label: 1 })],
  ["the chats with a file", () => findChats(root, { file: "yes" })],
  ["the chats with three stars", () => findChats(root, { rating: "3" })],
  ["the chats that waited long", () => findChats(root, { waited: 100 })],
  ["a word that nobody said", () => findChats(root, { q: "nothing" })],
  ["a word that one said", () => findChats(root, { q: "xylophone" })],
  ["words that nobody said in a row", () => findChats(root, { q: '"else nobody"' })],
  ["the abandoned chats with stars", () => findChats(root, { status: "abandoned", rating: "any" })],
  ["a misspelled name", () => findChats(root, { customer: "Olvia Uniqe" })],
  ["an export of what one said", () => exported({ q: "xylophone" })],
  ["the figures of a week", () => trends(root, { range: "7" })],
  ["the next step of the index", () => indexOnce()],
];

test.each(calls)(`with ${STORED_CHATS} chats stored, %s read no table from end to end`, async (_, work) => {
  expect(await wholeReads(work)).toEqual([]);
});
