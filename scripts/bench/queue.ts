import { build } from "hdr-histogram-js";
import { setTimeout as delay } from "node:timers/promises";
import { undoAll } from "../faults/cleanup.ts";
import { heradesk } from "./contestants.ts";
import { query, startDatabase, type BenchDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { comeIn, sitDown, type AgentAtDesk, type Waiter } from "./queue-people.ts";
import { ms, table, whole } from "./table.ts";

const AGENTS = 50;
const CHATS_PER_AGENT = 5;
const WAITING = [50, 500, 5_000];
const USUAL = 500;
const COMING_AT_ONCE = 20;
const ENDS_PER_SECOND = 20;
const ONLINE_PER_SECOND = 5;
const PATIENCE_MS = 10_000;
const SETTLE_MS = 2_000;

interface Figures {
  waiting: number;
  instances: 1 | 2;
  event: "chat ended" | "agent online";
  n: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
  /** Served to somebody who was not the first in line. */
  outOfOrder: number;
}

/** From "a chat ended" or "an agent came online" to `chat:assigned` at the customer who was first in line. */
export async function benchQueue(quick: boolean) {
  const database = await startDatabase();
  const figures: Figures[] = [];
  for (const [waiting, instances] of [...WAITING.map((n) => [n, 1] as const), [USUAL, 2] as const]) {
    figures.push(...(await measure(database, quick ? waiting / 10 : waiting, instances, quick ? 40 : 400)));
  }
  await undoAll();
  console.log(`\n${AGENTS} agents, everybody connected; milliseconds until the first in line hears of it\n`);
  const columns = ["waiting", "instances", "event", "n", "p50", "p90", "p99", "max", "out of order"];
  console.log(table(columns, figures.map(asRow)));
  return { figures, goals: goalsOf(figures) };
}

const asRow = (f: Figures) => [
  whole(f.waiting),
  f.instances,
  f.event,
  f.n,
  ms(f.p50),
  ms(f.p90),
  ms(f.p99),
  ms(f.max),
  f.outOfOrder,
];

function goalsOf(figures: Figures[]) {
  const ended = figures.filter((f) => f.event === "chat ended" && f.instances === 1);
  const [few, usual, many] = ended;
  return [
    goal(`ms to be served, p99, ${usual?.waiting} waiting`, usual?.p99 ?? NaN, { most: 100 }),
    goal(`served, p50: ${many?.waiting} waiting ÷ ${few?.waiting}`, (many?.p50 ?? NaN) / (few?.p50 ?? NaN), {
      most: 2,
    }),
    goal(
      "served out of order",
      figures.reduce((sum, f) => sum + f.outOfOrder, 0),
      { most: 0 },
    ),
  ];
}

async function measure(database: BenchDatabase, waiting: number, instances: 1 | 2, samples: number) {
  const url = await database.empty(`bench_queue_${waiting}_${instances}`);
  const stand = await heradesk(url, AGENTS * CHATS_PER_AGENT, instances, { chatsPerAgent: CHATS_PER_AGENT });
  await query(url, "update users set max_chats = $1", [CHATS_PER_AGENT]);
  const port = stand.customers[0]?.port ?? 0;
  const scene: Scene = { port, desks: await sitDown(stand.agents, url), line: new Set(), due: [], waits: [] };
  for (let left = waiting; left > 0; left -= COMING_AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(COMING_AT_ONCE, left) }, () => joinLine(scene)));
  }
  await delay(SETTLE_MS);
  const figures = [];
  for (const event of ["chat ended", "agent online"] as const) {
    const n = event === "chat ended" ? samples : Math.ceil(samples / 4);
    await happenings[event](scene, n);
    figures.push({ waiting, instances, event, n, ...percentiles(scene.waits.splice(0)) });
  }
  const outOfOrder = await inversions(url);
  await stand.stop();
  for (const waiter of scene.line) waiter.leave();
  return figures.map((f) => ({ ...f, outOfOrder }));
}

interface Scene {
  port: number;
  desks: Map<number, AgentAtDesk>;
  line: Set<Waiter>;
  /** Since when somebody should be served; the first in line is served for the first of them. */
  due: number[];
  /** Milliseconds. */
  waits: number[];
}

async function joinLine(scene: Scene) {
  const waiter = await comeIn(scene.port);
  scene.line.add(waiter);
  void waiter.assigned.then(({ at, csId }) => {
    scene.waits.push(at - (scene.due.shift() ?? NaN));
    scene.line.delete(waiter);
    scene.desks.get(csId)?.chats.push(waiter.chat);
    waiter.leave();
  });
}

const happenings = {
  /** Due by the clock, so that waiting for the one before is counted. */
  async "chat ended"(scene: Scene, n: number) {
    const began = performance.now();
    for (let i = 0; i < n; i++) {
      const due = began + (i * 1_000) / ENDS_PER_SECOND;
      await delay(Math.max(0, due - performance.now()));
      scene.due.push(due);
      const desk = nth(scene, i);
      await desk.ask("cs:resolve_chat", { sessionId: desk.chats.shift() });
      void joinLine(scene);
    }
    await allServed(scene);
  },

  /** One after the other: each is busy first and ends a chat, which serves nobody. */
  async "agent online"(scene: Scene, n: number) {
    for (let i = 0; i < n; i++) {
      const desk = nth(scene, i);
      await desk.ask("cs:set_status", { status: "busy" });
      await desk.ask("cs:resolve_chat", { sessionId: desk.chats.shift() });
      await delay(1_000 / ONLINE_PER_SECOND);
      scene.due.push(performance.now());
      await desk.ask("cs:set_status", { status: "online" });
      await allServed(scene);
      await joinLine(scene);
    }
  },
};

/** Neighbours are never twice in a row the same. */
const nth = ({ desks }: Scene, i: number) => [...desks.values()][(i * 7) % desks.size] as AgentAtDesk;

async function allServed({ due }: Scene) {
  const deadline = performance.now() + PATIENCE_MS;
  while (due.length > 0) {
    if (performance.now() > deadline) throw new Error(`${due.length} were not served within ${PATIENCE_MS} ms`);
    await delay(1);
  }
}

function percentiles(waits: number[]) {
  const histogram = build({ highestTrackableValue: PATIENCE_MS * 1_000, numberOfSignificantValueDigits: 3 });
  for (const wait of waits) histogram.recordValue(Math.max(1, Math.round(wait * 1_000)));
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1_000;
  return { p50: at(50), p90: at(90), p99: at(99), max: histogram.maxValue / 1_000 };
}

/** How often somebody was served before one who had come earlier. */
async function inversions(url: string): Promise<number> {
  const [row] = await query<{ n: number }>(
    url,
    `select count(*)::integer as n from (
       select s.queued_at < max(s.queued_at) over (order by a.id rows unbounded preceding) as late
       from assignments a join chat_sessions s on s.id = a.session_id where a.kind = 'queue') served
     where late`,
  );
  return row?.n ?? NaN;
}
