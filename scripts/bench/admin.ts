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
/** The figures are made of chats alone. */
const FEWER_MESSAGES = 1_000_000;
const EXPORTED = 100_000;
const INDEX_PATIENCE_MS = 3_600_000;

type Office = Awaited<ReturnType<typeof openOffice>>;

/** The admin's pages on a year of chats, through the program's own calls. */
export async function benchAdmin(quick: boolean) {
  const office = await openOffice(quick, { indexShare: 1 });
  const began = performance.now();
  await indexed(office.url);
  const indexSeconds = (performance.now() - began) / 1_000;
  const [size] = await query<{ index: number; messages: number }>(office.url, SIZES);
  await query(office.url, "vacuum analyze");
  const lists: Timed[] = [];
  for (const [name, path] of listsOf(Date.now())) lists.push(await timed(name, office, path));
  const figures = await timeFigures(office);
  const file = await exported(() => office.ask("chats.csv"), office.pid, Math.min(EXPORTED, office.chats));
  await office.close();
  console.log(`\n${timesTable([...lists, ...figures.rows])}`);
  console.log(
    `\nCSV: ${whole(file.perSecond)} chats/s, ${whole(file.grownMb)} MB more memory; index of everything: ${whole(indexSeconds)} s, ${whole((size?.index ?? NaN) / 1e6)} MB beside ${whole((size?.messages ?? NaN) / 1e6)} MB of messages`,
  );
  const slowest = lists.reduce((most, one) => (one.p95 > most.p95 ? one : most));
  const goals = [
    goal(`ms for the slowest list or search, p95 (${slowest.name})`, slowest.p95, { most: 150 }),
    ...figures.goals,
    goal("chats/s into a CSV", file.perSecond, { least: 5_000 }),
    goal("MB of memory that a CSV takes", file.grownMb, { most: 100 }),
  ];
  return { lists, figures: figures.rows, file, indexSeconds, size, goals };
}

/** Of the same, only what needs no search index, which takes long to be made: the board, and the figures of 90 days. */
export async function benchFigures(quick: boolean) {
  const office = await openOffice(quick, { indexShare: 0, messages: FEWER_MESSAGES });
  await query(office.url, "vacuum analyze");
  const { rows, goals } = await timeFigures(office);
  await office.close();
  console.log(`\n${timesTable(rows)}`);
  return { rows, goals };
}

/** One instance on a database with a year of chats, and an admin who asks it. */
async function openOffice(quick: boolean, wish: { indexShare: 0 | 1; messages?: number }) {
  const [chats, messages] = quick ? [2_000, 50_000] : [CHATS, wish.messages ?? MESSAGES];
  const database = await startDatabase();
  const url = await database.empty("bench_admin");
  const stand = await heradesk(url, 1, 1, { settings: { SEARCH_INDEX_SHARE: String(wish.indexShare) } });
  console.log(`  writing ${whole(chats)} chats with ${whole(messages)} messages`);
  await fill({ url, chats, messages });
  const port = stand.customers[0]?.port ?? 0;
  await query(url, "update users set role = 'admin' where username = 'bench-0'");
  const token = await signIn(port, "bench-0");
  return {
    url,
    chats,
    pid: stand.programs[0]?.pid ?? 0,
    rounds: quick ? 5 : 40,
    async ask(path: string) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/admin/${path}`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer;
    },
    async close() {
      await stand.stop();
      await undoAll();
    },
  };
}

async function timeFigures(office: Office) {
  const board = await timed("board", office, "stats");
  const trends = await timed("figures of 90 days", office, "stats?range=90");
  return { rows: [board, trends], goals: [goal("ms for the figures of 90 days, p95", trends.p95, { most: 500 })] };
}

interface Timed {
  name: string;
  p50: number;
  p95: number;
}

const timesTable = (rows: Timed[]) =>
  table(
    ["asked for", "p50 ms", "p95"],
    rows.map((r) => [r.name, ms(r.p50), ms(r.p95)]),
  );

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

async function timed(name: string, { ask, rounds }: Office, path: string): Promise<Timed> {
  const times: number[] = [];
  await ask(path).then((answer) => answer.text());
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    await ask(path).then((answer) => answer.text());
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { name, p50: times[Math.floor(rounds / 2)] ?? NaN, p95: times[Math.ceil(rounds * 0.95) - 1] ?? NaN };
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
