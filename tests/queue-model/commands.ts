import fc from "fast-check";
import { expect } from "vitest";
import { rulesHold, remember, sameAs } from "./compare";
import type { Desk } from "./desk";
import type { Agent, Chat, Model, Status } from "./model";

type Command = fc.AsyncCommand<Model, Desk>;
type Instance = 0 | 1;

const steps = { taken: 0 };
export const stepsTaken = () => steps.taken;

/** One thing happens, in the model and in the program, and they must agree on the answer and on everything after it. */
function command(
  name: string,
  instance: Instance,
  check: (m: Model) => unknown,
  run: (m: Model, r: Desk) => Promise<void>,
): Command {
  return {
    check: (m) => Boolean(check(m)),
    async run(m, r) {
      steps.taken++;
      await run(m, r);
      await sameAs(m, r, instance);
    },
    toString: () => name,
  };
}

const pick = <T>(items: T[], n: number): T | undefined => items[n % Math.max(1, items.length)];
const mostly = <T>(n: number, likely: T[], any: T[]) => pick(n % 4 > 0 && likely.length > 0 ? likely : any, n >> 2);
const present = (m: Model) => [...m.agents.values()].filter(m.isThere);
const open = (m: Model) => m.chats.filter((c) => c.status !== "ended");
const heldBy = (m: Model, agent: Agent) => m.chats.filter((c) => c.status === "active" && c.agent === agent.name);
const nat = fc.nat(1_000);
const instances = fc.constantFrom<Instance>(0, 1);

const start = instances.map((i) =>
  command(
    `start(${i})`,
    i,
    () => true,
    async (m, r) => {
      m.start();
      await r.start(i);
    },
  ),
);

const accept = fc.tuple(nat, nat).map(([a, c]) =>
  command(
    `accept(${a}, ${c})`,
    0,
    (m) => present(m).length && m.chats.length,
    async (m, r) => {
      // Mostly what can work: somebody with room, and somebody who waits, not always the first.
      const agent = mostly(a, present(m).filter(m.hasRoom), present(m)) as Agent;
      const chat = mostly(c, m.queue(), m.chats) as Chat;
      const words = refusalOfAccept(m, agent, chat);
      if (!words && chat.status === "waiting") m.give(chat, agent);
      const answer = await r.say(agent.name, "cs:accept_chat", { sessionId: r.idOf(chat.arrival) });
      expect(answer).toBe(words ? `CONFLICT ${words}` : "ok");
    },
  ),
);

function refusalOfAccept(m: Model, agent: Agent, chat: Chat): string | null {
  if (chat.status === "ended") return "This chat has ended.";
  if (chat.status === "active") return chat.agent === agent.name ? null : `${title(chat.agent)} took this chat.`;
  return m.hasRoom(agent) ? null : `You already have ${m.load(agent)} of ${agent.limit} chats.`;
}

const title = (name: string | null) => (name ?? "").replace(/^./, (c) => c.toUpperCase());

const transfer = fc.tuple(nat, nat, nat).map(([a, c, t]) =>
  command(
    `transfer(${a}, ${c}, ${t})`,
    1,
    (m) => holders(m).length,
    async (m, r) => {
      const agent = pick(holders(m), a) as Agent;
      const chat = pick(heldBy(m, agent), c) as Chat;
      const everybody = [...m.agents.values()];
      const to = mostly(t, everybody.filter(m.mayGet), everybody) as Agent;
      const allowed = to !== agent && m.mayGet(to);
      if (allowed) m.give(chat, to);
      m.serve();
      const answer = await r.say(agent.name, "cs:transfer_chat", {
        sessionId: r.idOf(chat.arrival),
        toCsId: to.userId,
      });
      if (allowed) expect(answer).toBe("ok");
      else expect(answer).toMatch(to === agent ? /^INVALID / : new RegExp(`^CONFLICT ${title(to.name)} (is|already)`));
    },
  ),
);

const holders = (m: Model) => present(m).filter((a) => m.load(a) > 0);

const requeue = fc.tuple(nat, nat).map(([a, c]) =>
  command(
    `requeue(${a}, ${c})`,
    0,
    (m) => holders(m).length,
    async (m, r) => {
      const agent = pick(holders(m), a) as Agent;
      const chat = pick(heldBy(m, agent), c) as Chat;
      m.giveBack(chat, agent.name);
      m.serve();
      expect(await r.say(agent.name, "cs:requeue_chat", { sessionId: r.idOf(chat.arrival) })).toBe("ok");
    },
  ),
);

const resolve = fc.tuple(nat, nat).map(([a, c]) =>
  command(
    `resolve(${a}, ${c})`,
    1,
    (m) => holders(m).length,
    async (m, r) => {
      const agent = pick(holders(m), a) as Agent;
      const chat = pick(heldBy(m, agent), c) as Chat;
      m.end(chat);
      expect(await r.say(agent.name, "cs:resolve_chat", { sessionId: r.idOf(chat.arrival) })).toBe("ok");
    },
  ),
);

const leave = fc.tuple(instances, nat).map(([i, c]) =>
  command(
    `leave(${i}, ${c})`,
    i,
    (m) => open(m).length,
    async (m, r) => {
      const chat = pick(open(m), c) as Chat;
      if (!r.customers[chat.arrival]?.token) return;
      m.end(chat);
      expect(await r.endByCustomer(i, chat.arrival)).toBe(303);
    },
  ),
);

const forceAssign = fc.tuple(instances, nat, nat).map(([i, c, t]) =>
  command(
    `forceAssign(${i}, ${c}, ${t})`,
    i,
    (m) => open(m).length,
    async (m, r) => {
      const [chat, to] = [pick(open(m), c) as Chat, pick([...m.agents.values()], t) as Agent];
      const allowed = m.hasRoom(to) && chat.agent !== to.name;
      if (allowed) m.give(chat, to);
      m.serve();
      const answer = await r.forceAssign(i, chat.arrival, to.name);
      if (allowed) expect(answer).toBe("ok");
      else expect(answer).toMatch(new RegExp(`^CONFLICT ${title(to.name)} (has this chat already|already has)`));
    },
  ),
);

const setStatus = fc
  .tuple(nat, fc.constantFrom<Status>("online", "online", "online", "busy", "busy", "offline"))
  .map(([a, status]) =>
    command(
      `setStatus(${a}, ${status})`,
      0,
      (m) => present(m).length,
      async (m, r) => {
        const agent = pick(present(m), a) as Agent;
        agent.status = status;
        m.serve();
        expect(await r.setStatus(agent.name, status)).toBe("ok");
      },
    ),
  );

const openTab = fc.tuple(instances, nat).map(([i, a]) =>
  command(
    `openTab(${i}, ${a})`,
    i,
    () => true,
    async (m, r) => {
      const agent = pick([...m.agents.values()], a) as Agent;
      agent.tabs[i]++;
      m.serve();
      await r.openTab(agent.name, i);
    },
  ),
);

const closeTab = fc.tuple(instances, nat).map(([i, a]) =>
  command(
    `closeTab(${i}, ${a})`,
    i,
    (m) => present(m).some((x) => x.tabs[i]),
    async (m, r) => {
      const agent = pick(
        present(m).filter((x) => x.tabs[i]),
        a,
      ) as Agent;
      agent.tabs[i]--;
      await r.closeTab(agent.name, i);
    },
  ),
);

const graceEnds = fc.constant(
  command(
    "graceEnds()",
    1,
    (m) => gone(m).some((a) => m.load(a) > 0),
    async (m, r) => {
      const ids = gone(m).map((a) => a.userId);
      m.graceEnds();
      await r.endGrace(ids);
    },
  ),
);

const gone = (m: Model) => [...m.agents.values()].filter((a) => !m.isThere(a));

const crash = instances.map((i) =>
  command(
    `crash(${i})`,
    i,
    () => true,
    async (m, r) => {
      for (const agent of m.agents.values()) agent.tabs[i] = 0;
      await r.crash(i);
    },
  ),
);

const act = fc.record({
  kind: fc.constantFrom("start", "start", "accept", "transfer", "requeue", "resolve", "leave", "forceAssign", "status"),
  instance: instances,
  a: nat,
  b: nat,
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 15, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

/** Several things at once, perhaps while an instance dies: the rules must hold afterwards, whatever the order was. */
const rush = fc
  .record({ acts: fc.array(act, { minLength: 2, maxLength: 6 }), dies: rarely(instances) })
  .map(({ acts, dies }): Command => ({
    check: () => true,
    async run(m, r) {
      steps.taken++;
      const before = await remember(m, r);
      const acting = Promise.allSettled(acts.map((one) => perform(m, r, one)));
      if (dies !== null) {
        for (const agent of m.agents.values()) agent.tabs[dies] = 0;
        await r.crash(dies);
      }
      const outcomes = await acting;
      if (dies === null) expect(outcomes.filter((o) => o.status === "rejected")).toEqual([]);
      await rulesHold(m, r, dies ?? 0, before);
    },
    toString: () => `rush(${acts.map((x) => `${x.kind} ${x.instance} ${x.a} ${x.b}`).join(", ")}; dies: ${dies})`,
  }));

async function perform(m: Model, r: Desk, { kind, instance, a, b }: Act): Promise<unknown> {
  const agent = pick(present(m), a);
  const chat = pick(open(m), b);
  if (kind === "start") return r.start(instance);
  if (!chat) return null;
  const sessionId = r.idOf(chat.arrival);
  if (kind === "leave") return r.customers[chat.arrival]?.token ? r.endByCustomer(instance, chat.arrival) : null;
  if (kind === "forceAssign")
    return r.forceAssign(instance, chat.arrival, (pick([...m.agents.values()], a) as Agent).name);
  if (!agent) return null;
  if (kind === "status") return r.setStatus(agent.name, b % 3 === 0 ? "busy" : "online");
  const toCsId = (pick([...m.agents.values()], a + b) as Agent).userId;
  return r.say(agent.name, `cs:${kind}_chat`, { sessionId, ...(kind === "transfer" && { toCsId }) });
}

const often = [
  ...[start, start, start, accept, accept, transfer, transfer, requeue, resolve, resolve, leave, forceAssign],
  ...[setStatus, setStatus, openTab, openTab, openTab, closeTab, closeTab, graceEnds, graceEnds, rush, rush, rush],
];

/** Each as often as it stands here: an instance dies in one step of fifty, because it takes a second to come back. */
export const allCommands = [...often, ...often, crash];
