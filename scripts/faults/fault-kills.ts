import { setTimeout as delay } from "node:timers/promises";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { signIn, until } from "./cast.ts";
import { onEnd } from "./cleanup.ts";
import type { Instance } from "./instance.ts";
import { openAgentPage } from "./page.ts";
import { between } from "./random.ts";
import type { Fault, Stage } from "./scenario.ts";

const isBusy = () => (loadavg()[0] ?? 0) > 2 * availableParallelism();

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
    async run({ world, record, bite, claim, traffic }) {
      for (const instance of world.instances) {
        const asked = Date.now();
        const end = await instance.terminate(12_000);
        claim(`instance ${instance.name} exits with 0`, end.code === 0, String(end.code ?? end.signal));
        claim(`instance ${instance.name} exits within 10 s`, end.at - asked <= 10_000, `${end.at - asked} ms`);
        if (end.signal === null) bite();
        await instance.start();
        await traffic(50);
      }
      const waits = [...record.waits].sort((x, y) => x - y);
      const most = waits[Math.floor(waits.length * 0.9)] ?? 0;
      // On a machine with more to do than it can, it is the machine that is slow.
      if (!isBusy()) claim("9 of 10 sends are there within 2 s", most <= 2_000, `${most} ms`);
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
    name: "the agent's instance dies, and the agent with it",
    plan: { customers: 5, agents: 1, agentDoors: ["a"], customerDoors: ["b"], secondTabEvery: 99 },
    rate: 20,
    async run({ world, cast, record, bite, claim, random }) {
      const [lost] = cast.agents.splice(0, 1);
      if (!lost) return;
      const heir = openAgentPage(world, record, {
        ...(await signIn(world, `heir-${Math.floor(random() * 1e9)}`, 10, "b")),
        door: "b",
      });
      cast.agents.push(heir);
      await heir.setStatus("online");
      const held = lost.open().length;
      const end = await world.a.kill();
      lost.close();
      if (end.signal === "SIGKILL" && held > 0) bite(held);
      // A lease of 30 s and a grace of 60 s, and the looks that find them over.
      const given = await until(() => heir.open().length >= held, 120_000);
      claim("its chats go to somebody who is there", given, `${heir.open().length} of ${held}`);
    },
  },
  {
    id: 32,
    name: "a migration while serving",
    async run({ world, bite, claim, traffic }) {
      const newer = newerRelease(world.a.root);
      const { code, words } = await runJob(world.a, newer, "--migrate");
      if (words.includes(NEXT_MIGRATION)) bite();
      claim("the migration is applied", code === 0, words);
      await traffic(100);
      for (const instance of world.instances) {
        await instance.terminate();
        await instance.start();
      }
      await traffic(30);
    },
  },
  {
    id: 35,
    name: "soak",
    plan: { customers: 20, agents: 4, maxChats: 8 },
    rate: 400,
    minAcked: 500,
    async run({ world, short, random, bite, traffic }) {
      const goal = short ? 1_000 : Number(process.env.FAULTS_SOAK ?? 40_000);
      for (let done = 0; done < goal; done += 1_000) {
        await traffic(Math.min(1_000, goal - done), 120_000);
        // Now and then something small happens, as it does.
        const [hit] = await world.query<{ hit: boolean }>(
          "select pg_terminate_backend(pid) as hit from pg_stat_activity where application_name like 'heradesk%' order by $1::float * pid limit 1",
          [random() - 0.5],
        );
        if (hit?.hit) bite();
      }
    },
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

/** One more process of the program, which does a job and ends. */
function runJob(instance: Instance, cwd: string, job: string): Promise<{ code: number | null; words: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["build/index.js", job], { cwd, env: instance.environment() });
    let words = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (words += text));
    child.once("exit", (code) => resolve({ code, words: words.trim() }));
  });
}

const NEXT_MIGRATION = "9999_next_release.sql";

/** The program as it is, with one migration more, as the next release would have. */
function newerRelease(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), "heradesk-next-"));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  for (const part of ["app", "build", "node_modules", "package.json"])
    symlinkSync(join(root, part), join(folder, part));
  cpSync(join(root, "sql"), join(folder, "sql"), { recursive: true });
  writeFileSync(
    join(folder, "sql", "migrations", NEXT_MIGRATION),
    `alter table messages add column next_release integer;
     alter table chat_sessions add column next_release integer not null default 0;`,
  );
  return folder;
}
