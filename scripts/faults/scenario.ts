import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { openBrowserPair } from "./browser-pair.ts";
import { assemble, pagesOf, until, type Cast, type CastPlan } from "./cast.ts";
import { check, type Result } from "./checker.ts";
import type { Claim, History } from "./history.ts";
import { shownIn } from "./page.ts";
import { openRecorder, type Recorder } from "./recorder.ts";
import { takeSamples } from "./samples.ts";
import { accessOf, readStored } from "./stored.ts";
import { startTraffic } from "./traffic.ts";
import type { World } from "./world.ts";

export interface Stage {
  world: World;
  cast: Cast;
  record: Recorder;
  /** Bounded to a few seconds, for every test run. */
  short: boolean;
  random: () => number;
  /** The fault has had an effect that can be seen from outside. */
  bite(times?: number): void;
  claim(name: string, holds: boolean, saw: string | number): void;
  /** So many more sends are acknowledged, now that the fault is there. */
  traffic(sends: number, patienceMs?: number): Promise<boolean>;
}

export interface Fault {
  id: number;
  name: string;
  plan?: Partial<CastPlan>;
  /** Messages a second, everybody together. */
  rate?: number;
  minAcked?: number;
  /** Some sends are refused in words, as they must be: the chat is somebody else's by then. */
  refuses?: boolean;
  /** All news must arrive by itself: nothing is left to the sweep. */
  nothingToSweep?: boolean;
  run(stage: Stage): Promise<void>;
}

export interface Options {
  seed: number;
  short: boolean;
  /** With a customer and an agent in Chromium. */
  browser: boolean;
}

export interface Outcome extends Result {
  fault: Fault;
  seed: number;
  ms: number;
  slowestAckMs: number;
  claims: Claim[];
}

const PLAN: CastPlan = {
  customers: 8,
  agents: 2,
  customerDoors: ["a", "b", "any"],
  agentDoors: ["b", "a"],
  secondTabEvery: 4,
  maxChats: 6,
  quiet: false,
  textBytes: 0,
};
const WARM_UP_SENDS = 20;
const SETTLE_MS = 25_000;
/** Clocks are one here; a sighting needs its way, a handed-over chat its news. */
const TOLERANCE_MS = 2_000;
const LEASE_MS = 30_000;

/** One fault, from people arriving to the verdict; the world is whole again behind it. */
export async function play(world: World, fault: Fault, options: Options): Promise<Outcome> {
  const started = performance.now();
  const record = openRecorder();
  let bites = 0;
  await world.heal();
  const plan = { ...PLAN, ...fault.plan };
  const run = `${fault.id}-${options.seed}-${Date.now()}`;
  const cast = await assemble(world, record, plan, run);
  const pair = options.browser ? await openBrowserPair(world, record, cast, run) : null;
  const traffic = startTraffic(world, record, cast, { perSecond: fault.rate ?? 60, textBytes: plan.textBytes });
  const samples = takeSamples(world, cast, record);
  const stage: Stage = {
    world,
    cast,
    record,
    short: options.short,
    random: world.random,
    bite: (times = 1) => (bites += times),
    claim: (name, holds, saw) => record.claim(name, holds, saw),
    traffic(sends, patienceMs = 15_000) {
      const goal = record.acks.length + sends;
      return until(() => record.acks.length >= goal, patienceMs);
    },
  };
  const sweptBefore = await swept(world);
  try {
    await stage.traffic(WARM_UP_SENDS);
    await fault.run(stage);
    await stage.traffic(WARM_UP_SENDS, 8_000);
  } finally {
    traffic.stop();
    samples.stop();
    await world.heal();
    await pair?.stop();
  }
  await settle(world, cast, record);
  await pair?.collect(async (chat) => (await readStored(world, [chat])).rows);
  if (fault.nothingToSweep) {
    const found = (await swept(world)) - sweptBefore;
    record.claim("the sweep finds nothing", found === 0, found);
  }
  dropCurtain(cast, record);
  const history = await writeHistory(world, cast, record, fault, bites);
  history.limits.minAcked = fault.minAcked ?? 60;
  samples.finish(history);
  await leave(world);
  const result = check(history);
  if (result.verdict === "invalid") keepHistory(fault, options.seed, history);
  return {
    ...result,
    fault,
    seed: options.seed,
    ms: Math.round(performance.now() - started),
    slowestAckMs: Math.max(0, ...record.waits),
    claims: history.claims,
  };
}

async function swept(world: World) {
  const found = await Promise.all(world.instances.map((instance) => instance.sweepFound()));
  return found.reduce((sum, n) => sum + n, 0);
}

/** For whoever wants to know how it came about. */
function keepHistory(fault: Fault, seed: number, history: History) {
  mkdirSync(".cache", { recursive: true });
  writeFileSync(`.cache/faults-${fault.id}-${seed}.json`, JSON.stringify(history));
}

/** Everything that is on its way arrives, or is late enough to be called lost. */
async function settle(world: World, cast: Cast, record: Recorder) {
  const pages = pagesOf(cast);
  const back = await until(() => pages.every((p) => p.state === "live" || p.state === "polling"), SETTLE_MS);
  record.claim("every page is connected again", back, pages.map((p) => p.state).join(" "));
  const conversations = () => pages.flatMap((page) => page.open());
  const nothingPending = () => conversations().every((c) => c.getSnapshot().pending.every((m) => m.state === "failed"));
  record.claim("every outbox empties", await until(nothingPending, SETTLE_MS), "texts are still waiting");
  const heads = new Map<string, number>();
  for (const { id, seq } of await world.query<{ id: string; seq: number }>(
    "select session_id as id, max(seq) as seq from messages where visibility = 'all' group by 1",
  )) {
    heads.set(id, seq);
  }
  const complete = () =>
    conversations().every((c) => (c.getSnapshot().messages.at(-1)?.seq ?? 0) >= (heads.get(c.sessionId) ?? 0));
  await until(complete, SETTLE_MS);
  // A repetition that is still on its way should show itself too.
  await delay(150);
}

/** Everything is written down as it stands, and everybody goes: what is stored is read after the last word was heard. */
function dropCurtain(cast: Cast, record: Recorder) {
  for (const page of pagesOf(cast)) {
    page.observer.rendered = page.open().flatMap(shownIn);
    page.observer.completeIn = page.open().map((c) => c.sessionId);
  }
  const unsent = new Set(pagesOf(cast).flatMap((p) => p.known().flatMap((c) => c.getSnapshot().pending)));
  const kept = new Map([...unsent].map((one) => [one.clientId, one.state === "failed" ? "told" : "kept"] as const));
  for (const attempt of record.attempts.values()) attempt.left ??= kept.get(attempt.clientId) ?? "gone";
  for (const page of pagesOf(cast)) page.leave();
}

async function writeHistory(world: World, cast: Cast, record: Recorder, { id, name, refuses }: Fault, bites: number) {
  const chats = [...new Set([...record.attempts.values()].map((attempt) => attempt.chat))];
  const { rows, assignments, capacity } = await readStored(world, chats);
  if (!refuses)
    record.claim("nobody is told that a send failed", record.failed.size === 0, `${record.failed.size} were`);
  const history: History = {
    attempts: [...record.attempts.values()],
    acks: record.acks,
    observers: record.observers,
    rows,
    access: accessOf(record.observers, chatsOf(cast), assignments),
    assignments,
    capacity,
    presence: record.presence,
    samples: record.samples,
    claims: record.claims,
    faults: [{ name: `${id} ${name}`, bites }],
    limits: { minAcked: 0, toleranceMs: TOLERANCE_MS, leaseMs: LEASE_MS },
  };
  return history;
}

const chatsOf = (cast: Cast) =>
  new Map([...cast.beside, ...cast.customers.map(({ person, chat }) => [`customer:${person.name}`, chat] as const)]);

/** Nobody stays behind to be given the next one's chats, whoever brought them. */
async function leave(world: World) {
  await world.query("update cs_status set status = 'offline'");
  await world.query("delete from cs_leases");
  await world.query(
    `update chat_sessions set status = 'resolved', ended_at = clock_timestamp(), end_reason = 'admin'
     where status in ('waiting', 'active')`,
  );
}
