import { setTimeout as delay } from "node:timers/promises";
import { pagesOf, until } from "./cast.ts";
import { between, pick } from "./random.ts";
import { readAll } from "./samples.ts";
import type { Fault, Stage } from "./scenario.ts";

/** The listener comes back after 0.1 s; far more would mean that only the sweep found it. */
const CATCH_UP_MS = 1_500;
const LISTENERS = "application_name = 'heradesk listen'";

/** Faults between the program and PostgreSQL, and of PostgreSQL itself. */
export const databaseFaults: Fault[] = [
  { id: 6, name: "PostgreSQL restarts (fast)", run: (stage) => restart(stage, "fast") },
  { id: 7, name: "PostgreSQL crashes (immediate)", run: (stage) => restart(stage, "immediate") },
  {
    id: 8,
    nothingToSweep: true,
    name: "the LISTEN backends are terminated every 2 s",
    plan: { quiet: true, customerDoors: ["a"], agentDoors: ["b"], secondTabEvery: 99 },
    async run({ world, cast, short, record, bite, claim, traffic }) {
      for (let round = 0; round < (short ? 3 : 10); round++) {
        const quiet = cast.customers.find((page) => page.chat === cast.quiet);
        if (!quiet) break;
        bite(await terminate(world, LISTENERS));
        // Nobody listens now: what is sent in a chat where nothing else happens can only come by catching up.
        const said = Date.now();
        const text = `in the gap ${round} ${said}`;
        quiet.say(quiet.chat, text);
        const heard = () =>
          cast.agents.some(({ observer }) => observer.sightings.slice(-80).some((s) => s.text === text));
        const caughtUp = await until(heard, CATCH_UP_MS);
        claim(`what was missed comes within ${CATCH_UP_MS} ms`, caughtUp, `${Date.now() - said} ms`);
        await Promise.all([delay(2_000), traffic(20)]);
      }
      if (record.acks.length === 0) claim("sends go on", false, "none was acknowledged");
    },
  },
  {
    id: 9,
    name: "LISTEN in a black hole",
    plan: { customerDoors: ["a"], agentDoors: ["b"], secondTabEvery: 2 },
    async run({ world, cast, short, record, bite, claim, traffic }) {
      const began = Date.now();
      for (const instance of world.instances) bite(instance.listen.freeze());
      await traffic(40);
      const acked = record.acks.length;
      // Everybody who stays sees something new, though nobody is woken.
      const known = new Map(pagesOf(cast).map((page) => [page, page.observer.sightings.length]));
      const news = () => pagesOf(cast).every((p) => p.observer.sightings.length > (known.get(p) ?? -1));
      claim("extra delay is at most 10 s", await until(news, 10_500), `${Date.now() - began} ms`);
      const repaired = await until(() => world.instances.every((i) => i.listen.connections() > 1), 15_000);
      claim(
        "a new LISTEN within 15 s",
        repaired,
        `${world.instances.map((i) => i.listen.connections()).join(" ")} ways`,
      );
      if (record.acks.length === acked) claim("sends go on", false, "none was acknowledged");
      if (!short) {
        for (const instance of world.instances) bite(instance.listen.freeze("both", { newToo: true }));
        await delay(30_000);
      }
      for (const instance of world.instances) instance.listen.thaw();
    },
  },
  {
    id: 10,
    name: "random backends are terminated",
    async run({ world, short, random, bite, traffic }) {
      for (let round = 0; round < (short ? 5 : 30); round++) {
        bite(await terminate(world, `pid % 3 = ${Math.floor(random() * 3)}`));
        await Promise.all([delay(between(random, 100, 700)), traffic(5)]);
      }
    },
  },
  {
    id: 11,
    nothingToSweep: true,
    name: "answers to COMMIT are cut",
    async run({ world, short, bite, traffic }) {
      world.ambiguous.cuts = 0;
      // A run of seconds needs more of them than a long one to have any.
      world.ambiguous.fraction = short ? 0.1 : 0.03;
      await until(() => world.ambiguous.cuts >= (short ? 8 : 60), short ? 6_000 : 60_000);
      world.ambiguous.fraction = 0;
      bite(world.ambiguous.cuts);
      await traffic(20);
    },
  },
  {
    id: 12,
    name: "the pool is exhausted",
    async run({ world, cast, random, bite, traffic }) {
      // Locks that everybody waits for use up every connection of both pools.
      const holding = world.query(
        "begin; lock table chat_sessions in access exclusive mode; select pg_sleep(4); commit",
      );
      const asking = Array.from({ length: 40 }, () => readAll(world, pick(random, cast.customers)).catch(() => null));
      const full = async () => {
        const [row] = await world.query<{ n: number }>(
          "select count(*) as n from pg_stat_activity where application_name = 'heradesk' and wait_event_type = 'Lock'",
        );
        return (row?.n ?? 0) >= 20;
      };
      if (await until(full, 3_000)) bite();
      await Promise.all([holding, ...asking]);
      await traffic(30);
    },
  },
  {
    id: 30,
    name: "a transaction stays open",
    async run({ world, short, bite, traffic }) {
      const holding = world.query(
        `begin isolation level repeatable read; select count(*) from messages; select pg_sleep(${short ? 3 : 20}); commit`,
      );
      if (await traffic(100)) bite();
      await holding;
    },
  },
  {
    id: 31,
    name: "garbage on the channel",
    async run({ world, random, bite, traffic }) {
      const garbage = ["", "{", "null", "[]", '{"from":1}', '{"from":"x","c":[["no",1]]}', "x".repeat(7_900), "\u0001"];
      const [chat] = await world.query<{ id: string }>("select id from chat_sessions where status = 'active' limit 1");
      garbage.push(JSON.stringify({ from: "nobody", c: [[chat?.id, 2_000_000_000]] }));
      for (let round = 0; round < 40; round++) {
        const payload = garbage[Math.floor(random() * garbage.length)] ?? "";
        await world.query("select pg_notify('heradesk', $1)", [payload]);
        bite();
      }
      await traffic(50);
    },
  },
];

/** Beyond the list: what one process commits slowly becomes visible after what another committed later. */
export const slowCommits: Fault = {
  id: 36,
  name: "one instance's commits take 50 ms longer",
  plan: { customerDoors: ["b"], agentDoors: ["a"], secondTabEvery: 1 },
  rate: 100,
  async run({ world: { a, b }, short, bite, traffic }) {
    await b.terminate();
    await b.start({}, "-c commit_delay=50000 -c commit_siblings=0");
    if (b.pid && a.pid) bite();
    await traffic(short ? 200 : 1_000, 40_000);
  },
};

/** Beyond the list: no error and no end, only silence, on every connection that asks. */
export const blackHole: Fault = {
  id: 38,
  name: "connections to the database in a black hole",
  async run({ world, short, record, bite, claim, traffic }) {
    for (const instance of short ? [world.a] : [world.a, world.b, world.a]) {
      bite(instance.database.freeze());
      const acked = record.acks.length;
      const began = Date.now();
      const own = () => record.acks.slice(acked).filter((ack) => ack.at > began + 200).length >= 60;
      claim("writes go on within 8 s", await until(own, 8_000), `${Date.now() - began} ms`);
      await traffic(100);
      instance.database.thaw();
    }
  },
};

async function restart({ world, short, bite, claim, traffic }: Stage, mode: "fast" | "immediate") {
  const pids = world.instances.map((instance) => instance.pid);
  for (let round = 0; round < (short ? 1 : 3); round++) {
    await world.postgres.stop(mode);
    bite();
    await delay(500);
    await world.postgres.start();
    const accepting = Date.now();
    const resumed = await traffic(1, 10_000);
    const ms = Date.now() - accepting;
    claim("writes resume within 5 s of the database accepting connections", resumed && ms <= 5_000, `${ms} ms`);
    await traffic(30);
  }
  const alive = world.instances.every((instance, i) => instance.pid === pids[i]);
  claim("no process of ours exits", alive, world.instances.map((instance) => instance.pid).join(" "));
}

async function terminate(world: Stage["world"], which: string): Promise<number> {
  const rows = await world.query<{ done: boolean }>(
    `select pg_terminate_backend(pid) as done from pg_stat_activity
     where application_name like 'heradesk%' and pid <> pg_backend_pid() and ${which}`,
  );
  return rows.filter((row) => row.done).length;
}
