import { setTimeout as delay } from "node:timers/promises";
import { arrive, signIn, until } from "./cast.ts";
import { openAgentPage, type AgentPage } from "./page.ts";
import type { Fault, Stage } from "./scenario.ts";
import type { Door, World } from "./world.ts";

/** After this, a page that is gone is known to be gone; see LEASE_SECONDS in app/people. */
const LEASE_OVER_MS = 33_000;

/** Faults of people: agents who race, leave, open five tabs, are signed out. */
export const peopleFaults: Fault[] = [
  {
    id: 27,
    name: "two agents accept the same chat",
    plan: { customers: 4 },
    rate: 20,
    minAcked: 30,
    async run({ cast, world, record, short, bite, claim }) {
      // The queue must not give the chats away before the two reach for them.
      for (const agent of cast.agents) await agent.setStatus("busy");
      const name = `racer-${Date.now()}`;
      const pair = await Promise.all([signIn(world, `${name}-a`, 5, "a"), signIn(world, `${name}-b`, 5, "b")]);
      const rounds = short ? 20 : 1_000;
      let races = 0;
      for (let round = 0; round < rounds; round++) {
        const { chat } = await arrive(world, record, `race-${round}-${Date.now()}`);
        const answers = await Promise.all([ask(world, "a", pair[0], chat), ask(world, "b", pair[1], chat)]);
        if (answers.filter((status) => status === 200).length === 1 && answers.includes(409)) races++;
        await ask(world, "any", pair[answers.indexOf(200)] ?? pair[0], chat, "resolve");
      }
      bite(races);
      claim("each chat goes to exactly one", races === rounds, `${races} of ${rounds}`);
    },
  },
  {
    id: 28,
    name: "five tabs, close four, then the last",
    plan: { customers: 2, agents: 1, maxChats: 50 },
    rate: 20,
    async run(stage) {
      const { cast, world, record, bite, claim } = stage;
      const [agent] = cast.agents;
      if (!agent) return;
      const tabs = [1, 2, 3, 4].map((n) => openTab(stage, agent, `/tab${n}`));
      await until(() => tabs.every((tab) => tab.state === "live"), 5_000);
      for (const tab of tabs) tab.close();
      const { chat } = await arrive(world, record, `one-tab-left-${Date.now()}`);
      const given = await until(() => agent.open().some((c) => c.sessionId === chat), 5_000);
      claim("with one tab left, the agent is still there", given, "the chat waits");
      cast.agents.splice(0, 1);
      // What they wrote is sent before they go: nobody else has it.
      await until(() => agent.open().every((c) => c.getSnapshot().pending.length === 0), 30_000);
      agent.close();
      await delay(LEASE_OVER_MS);
      const late = await arrive(world, record, `nobody-left-${Date.now()}`);
      await delay(3_000);
      const [row] = await world.query<{ status: string }>("select status from chat_sessions where id = $1", [
        late.chat,
      ]);
      if (row) bite();
      claim("with none left, a customer waits", row?.status === "waiting", String(row?.status));
    },
  },
  {
    id: 29,
    name: "a sign-in is revoked mid-chat",
    minAcked: 30,
    async run({ cast, world, bite, claim }) {
      for (const agent of cast.agents.splice(0, 1)) {
        const response = await fetch(`${world.http("any")}/api/auth/logout`, {
          method: "POST",
          headers: { authorization: `Bearer ${agent.token}` },
        });
        if (response.ok) bite();
        const dead = await until(() => agent.state === "closed", 5_000);
        claim("its sockets are dead within 5 s", dead, agent.state);
        const after = await fetch(`${world.http("any")}/api/auth/me`, {
          headers: { authorization: `Bearer ${agent.token}` },
        });
        claim("its token is worth nothing", after.status === 401, after.status);
        agent.close();
      }
    },
  },
  {
    id: 37,
    name: "chats go to a colleague and come back",
    refuses: true,
    plan: { customers: 4, agents: 2, maxChats: 10, secondTabEvery: 99 },
    async run({ cast, world, short, bite, claim, traffic }) {
      const [one, other] = cast.agents;
      if (!one || !other) return;
      for (let round = 0; round < (short ? 4 : 30); round++) {
        const [from, to] = round % 2 === 0 ? [one, other] : [other, one];
        for (const { sessionId } of from.open()) {
          const status = await ask(world, "any", from, sessionId, "transfer", { toCsId: to.userId, note: "" });
          if (status === 200) bite();
          const there = await until(() => to.open().some((c) => c.sessionId === sessionId), 3_000);
          claim("a chat that is handed over is there within 3 s", there, status);
        }
        await traffic(20);
      }
    },
  },
];

async function ask(world: World, door: Door, agent: { token: string }, chat: string, what = "accept", body = {}) {
  const response = await fetch(`${world.http(door)}/api/cs/chats/${chat}/${what}`, {
    method: "POST",
    headers: { authorization: `Bearer ${agent.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

function openTab({ world, record }: Stage, agent: AgentPage, screen: string) {
  return openAgentPage(
    world,
    record,
    { token: agent.token, name: agent.id, userId: agent.userId, door: "any" },
    { screen },
  );
}
