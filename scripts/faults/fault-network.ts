import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { until } from "./cast.ts";
import { openWaiting } from "./crowd-of-sockets.ts";
import type { Fault, Stage } from "./scenario.ts";

/** The client gives a silent connection up after 40 s. */
const NOTICED_MS = 50_000;

/** Faults between people and the program, and of the machine it runs on. */
export const networkFaults: Fault[] = [
  {
    id: 14,
    name: "half-open customers",
    plan: { customerDoors: ["a"], agentDoors: ["b"], secondTabEvery: 99 },
    run: (stage) => halfOpen(stage, "customer"),
  },
  {
    id: 15,
    name: "half-open agents",
    plan: { customerDoors: ["b"], agentDoors: ["a"], secondTabEvery: 99 },
    run: (stage) => halfOpen(stage, "cs"),
  },
  {
    id: 16,
    name: "slow readers",
    plan: { customerDoors: ["b"], agentDoors: ["a"], secondTabEvery: 99, textBytes: 7_500 },
    rate: 120,
    async run({ world, cast, short, record, bite, traffic }) {
      world.a.front.throttle(20_000);
      await traffic(short ? 400 : 1_500, 40_000);
      const [{ stored } = { stored: 0 }] = await world.query<{ stored: number }>(
        "select count(*) as stored from messages where session_id = any ($1::uuid[])",
        [cast.customers.map((page) => page.chat)],
      );
      const seen = cast.agents.reduce((sum, agent) => sum + agent.observer.sightings.length, 0);
      if (stored - seen > 100) bite(stored - seen);
      record.claim("others are not slowed", Math.max(...record.waits.slice(-50)) < 2_000, Math.max(...record.waits));
      world.a.front.throttle(Infinity);
    },
  },
  {
    id: 20,
    name: "one instance's clock is two hours off",
    plan: { customerDoors: ["any"], agentDoors: ["b"] },
    async run({ world: { a }, short, bite, claim, traffic }) {
      for (const shift of short ? [7_200_000] : [7_200_000, -7_200_000]) {
        await a.terminate();
        await a.start({
          NODE_OPTIONS: `--import=${fileURLToPath(new URL("./shift-clock.mjs", import.meta.url))}`,
          CLOCK_SHIFT_MS: String(shift),
        });
        const health = (await (await fetch(`http://127.0.0.1:${a.port}/api/health`)).json()) as { timestamp: string };
        const off = Date.parse(health.timestamp) - Date.now();
        if (Math.abs(off - shift) < 60_000) bite();
        claim("sends go on", await traffic(100, 20_000), "too few were acknowledged");
      }
    },
  },
  {
    id: 21,
    name: "10,000 connections",
    rate: 30,
    async run({ world, short, bite, claim, traffic }) {
      const waiting = await openWaiting(world, short ? 500 : 10_000);
      claim("every socket opens", waiting.failures === 0, `${waiting.failures} did not`);
      if (waiting.open() > 0) bite(waiting.open());
      claim("sends go on", await traffic(100, 30_000), "too few were acknowledged");
      waiting.close();
    },
  },
  {
    id: 22,
    name: "reconnect storm",
    rate: 30,
    async run({ world, short, bite, claim, traffic }) {
      const waiting = await openWaiting(world, short ? 300 : 3_000, { comeBack: true });
      const before = waiting.open();
      await Promise.all(world.instances.map((instance) => instance.kill()));
      bite((await until(() => waiting.open() === 0, 5_000)) ? before : 0);
      for (const instance of world.instances) await instance.heal();
      const back = await until(() => waiting.open() === before, 60_000);
      claim("everybody is back within 60 s", back, `${waiting.open()} of ${before}`);
      claim("sends go on", await traffic(50, 20_000), "too few were acknowledged");
      waiting.close();
    },
  },
];

/** Their connections stand, and nothing comes through any more, either way. */
async function halfOpen({ world, cast, bite, claim, traffic }: Stage, who: "customer" | "cs") {
  bite(world.a.front.freeze());
  const pages = () => (who === "cs" ? cast.agents : cast.customers);
  const known = new Map(pages().map((page) => [page.id, page.observer.sightings.length]));
  await traffic(30, NOTICED_MS);
  const sawNews = () => pages().every((page) => page.observer.sightings.length > (known.get(page.id) ?? 0));
  claim("everybody sees news again within 50 s", await until(sawNews, NOTICED_MS), "some saw nothing");
  await delay(1_000);
}
