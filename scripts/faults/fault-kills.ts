import { setTimeout as delay } from "node:timers/promises";
import { until } from "./cast.ts";
import type { Instance } from "./instance.ts";
import { between } from "./random.ts";
import type { Fault, Stage } from "./scenario.ts";

/** Faults that end a copy of the program, or hold it. */
export const killFaults: Fault[] = [
  {
    id: 1,
    name: "kill -9 the sender's instance",
    plan: { customerDoors: ["a"], agentDoors: ["b"] },
    run: (stage) => killSome(stage, [stage.world.a]),
  },
  {
    id: 2,
    name: "exit after commit, before ack and NOTIFY",
    plan: { customerDoors: ["a"], agentDoors: ["b"] },
    async run({ world: { a }, short, random, bite, traffic }) {
      for (let round = 0; round < (short ? 1 : 3); round++) {
        await a.terminate();
        await a.start({ HERADESK_FAULT: `exit-after-commit:${Math.ceil(between(random, 5, 40))}` });
        const end = await Promise.race([a.ended, delay(12_000)]);
        if (end?.code === 137) bite();
        await a.heal();
        await traffic(20);
      }
    },
  },
  {
    id: 3,
    name: "kill -9 an observer's instance",
    plan: { customerDoors: ["a"], agentDoors: ["b"] },
    run: (stage) => killSome(stage, [stage.world.b]),
  },
  { id: 4, name: "kill -9 both instances", run: (stage) => killSome(stage, stage.world.instances) },
  {
    id: 5,
    name: "rolling restart by SIGTERM",
    plan: { customerDoors: ["any"], agentDoors: ["any"] },
    rate: 100,
    async run({ world, bite, claim, traffic }) {
      for (const instance of world.instances) {
        const asked = Date.now();
        const end = await instance.terminate(12_000);
        claim(`instance ${instance.name} exits with 0`, end.code === 0, String(end.code ?? end.signal));
        claim(`instance ${instance.name} exits within 10 s`, end.at - asked <= 10_000, `${end.at - asked} ms`);
        if (end.signal === null) bite();
        await instance.start();
        await traffic(50);
      }
    },
  },
  {
    id: 13,
    name: "SIGSTOP an instance",
    async run(stage) {
      for (const seconds of stage.short ? [5] : [5, 60]) await hold(stage, seconds);
    },
  },
  {
    id: 26,
    name: "the agent's instance dies with five chats",
    plan: { customers: 5, agents: 1, agentDoors: ["a"], customerDoors: ["b"], secondTabEvery: 99 },
    run: (stage) => killSome(stage, [stage.world.a]),
  },
];

async function killSome({ short, random, bite, traffic }: Stage, instances: Instance[]) {
  for (let round = 0; round < (short ? 2 : 5); round++) {
    await delay(between(random, 100, 800));
    const ends = await Promise.all(instances.map((instance) => instance.kill()));
    if (ends.every((end) => end.signal === "SIGKILL")) bite();
    await delay(between(random, 200, 1_000));
    for (const instance of instances) await instance.heal();
    await traffic(20);
  }
}

async function hold({ world: { a }, bite, traffic }: Stage, seconds: number) {
  a.signal("SIGSTOP");
  if (await until(() => a.isStopped(), 1_000)) bite();
  await delay(seconds * 1_000);
  a.signal("SIGCONT");
  await traffic(30);
}
