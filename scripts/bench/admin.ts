import { setTimeout as delay } from "node:timers/promises";
import { undoAll } from "../faults/cleanup.ts";
import { fill } from "../fill/fill.ts";
import { query, startDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { heradesk } from "./contestants.ts";
import { signIn } from "./heradesk.ts";
import { listsOf } from "./admin-lists.ts";
import { ms, table, whole } from "./table.ts";
import { residentBytes } from "./usage.ts";

const [CHATS, MESSAGES] = [200_000, 5_000_000];
const EXPORTED = 100_000;
const INDEX_PATIENCE_MS = 3_600_000;

/** The admin's pages on a year of chats, through the program's own calls. */
export async function benchAdmin(quick: boolean) {
  const [chats, messages] = quick ? [2_000, 50_000] : [CHATS, MESSAGES];
  const database = await startDatabase();
  const url = await database.empty("bench_admin");
  const stand = await heradesk(url, 1, 1, { settings: { SEARCH_INDEX_SHARE: "1" } });
  console.log(`  writing ${whole(chats)} chats with ${whole(messages)} messages`);
  await fill({ url, chats, messages });
  const began = performance.now();
  await indexed(url);
  const indexSeconds = (performance.now() - began) / 1_000;
  const [size] = await query<{ index: number; messages: number }>(url, SIZES);
  await query(url, "vacuum analyze");
  const port = stand.customers[0]?.port ?? 0;
  await query(url, "update users set role = 'admin' where username = 'bench-0'");
  const token = await signIn(port, "bench-0");
  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/admin/${path}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  };
  const rounds = quick ? 5 : 40;
  const lists = [];
  for (const [name, path] of listsOf(Date.now()))
    lists.push({ name, ...(await timed(() => ask(path).then((a) => a.text()), rounds)) });
  const board = { name: "board", ...(await timed(() => ask("stats").then((a) => a.text()), rounds)) };
  const trends = {
    name: "figures of 90 days",
    ...(await timed(() => ask("stats?range=90").then((a) => a.text()), rounds / 2)),
  };
  const file = await exported(() => ask("chats.csv"), stand.programs[0]?.pid ?? 0, Math.min(EXPORTED, chats));
  await stand.stop();
  await undoAll();
  const rows = [...lists, board, trends];
  console.log(
    `\n${table(
      ["asked for", "p50 ms", "p95"],
      rows.map((r) => [r.name, ms(r.p50), ms(r.p95)]),
    )}`,
  );
  console.log(
    `\nCSV: ${whole(file.perSecond)} chats/s, ${whole(file.grownMb)} MB more memory; index of everything: ${whole(indexSeconds)} s, ${whole((size?.index ?? NaN) / 1e6)} MB beside ${whole((size?.messages ?? NaN) / 1e6)} MB of messages`,
  );
  const slowest = lists.reduce((most, one) => (one.p95 > most.p95 ? one : most));
  const goals = [
    goal(`ms for the slowest list or search, p95 (${slowest.name})`, slowest.p95, { most: 150 }),
    goal("ms for the figures of 90 days, p95", trends.p95, { most: 500 }),
    goal("chats/s into a CSV", file.perSecond, { least: 5_000 }),
    goal("MB of memory that a CSV takes", file.grownMb, { most: 100 }),
  ];
  return { lists, board, trends, file, indexSeconds, size, goals };
}

const SIZES = `select pg_total_relation_size('search_chunks')::float8 as index,
  (select sum(pg_total_relation_size(relid))::float8 from pg_stat_user_tables where relname like 'messages%') as messages`;

async function indexed(url: string) {
  const deadline = performance.now() + INDEX_PATIENCE_MS;
  for (;;) {
    const [row] = await query<{ left: boolean }>(
      url,
      "select backfill_before is not null as left from search_progress",
    );
    if (!row?.left) return;
    if (performance.now() > deadline) throw new Error("the index is not whole in time");
    await delay(1_000);
  }
}

async function timed(work: () => Promise<unknown>, rounds: number) {
  const times: number[] = [];
  await work();
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(rounds / 2)] ?? NaN, p95: times[Math.ceil(rounds * 0.95) - 1] ?? NaN };
}

/** Reads the file until so many chats have come. */
async function exported(open: () => Promise<Response>, pid: number, chats: number) {
  const before = residentBytes(pid);
  const began = performance.now();
  let [lines, most] = [0, before];
  const reader = (await open()).body?.getReader();
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done) break;
    for (const byte of value ?? []) if (byte === 10) lines++;
    most = Math.max(most, residentBytes(pid));
    if (lines >= chats) break;
  }
  await reader?.cancel();
  return { perSecond: (lines / (performance.now() - began)) * 1_000, grownMb: (most - before) / 1e6 };
}
