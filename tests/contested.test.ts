import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { exec, many, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { crowd } from "~/testing/crowd.server";
import { startWorld } from "./world";

// Nothing is given out by itself: every chat is somebody's to take.
const world = startWorld(2, { AUTO_ASSIGN_ENABLED: "false" });

beforeEach(async () => {
  await exec(sql`delete from chat_sessions`);
  await exec(sql`delete from users`);
});

type Agent = Awaited<ReturnType<typeof world.agent>>;
const NAMES = ["ada", "ben", "cleo", "dora", "ed", "fay", "gus", "hal", "ina", "jon"];
const team = (maxChats: number) => Promise.all(NAMES.map((name) => world.agent(name, "cs", maxChats)));

const chatRow = z.object({ id: z.string(), cs_id: z.number().nullable(), name: z.string().nullable() });
const chats = () =>
  many(
    chatRow,
    sql`select s.id, s.cs_id, u.name from chat_sessions s left join users u on u.id = s.cs_id order by s.queued_at, s.id`,
  );
const act = (instance: number, agent: Agent, chatId: string, verb: string, body: object = {}) =>
  call(world.instances[instance]?.url ?? "", `/api/cs/chats/${chatId}/${verb}`, { token: agent.token, body });

const loadRow = z.object({ cs_id: z.number(), n: z.number() });
const loads = () =>
  many(loadRow, sql`select cs_id, count(*)::integer as n from chat_sessions where status = 'active' group by cs_id`);

/** Runs `work` for each item, some at a time. */
async function inParallel<T>(items: T[], width: number, work: (item: T, i: number) => Promise<void>) {
  const left = items.map((item, i) => [item, i] as const).reverse();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let next = left.pop(); next; next = left.pop()) await work(...next);
    }),
  );
}

test("1,000 chats, each accepted by two at once on two instances: one winner, and the other is told who", async () => {
  const agents = await team(1_000);
  await crowd(1_000);
  const waiting = await chats();
  const told: [string, string][] = [];
  const winners = new Map<string, number>();
  await inParallel(waiting, 8, async ({ id }, i) => {
    const pair = [agents[i % 10], agents[(i * 7 + 3) % 10]] as [Agent, Agent];
    if (pair[0] === pair[1]) pair[1] = agents[(i + 1) % 10] as Agent;
    const answers = await Promise.all(pair.map((agent, instance) => act(instance, agent, id, "accept")));
    answers.forEach(({ status, body }, a) => {
      if (status === 200) winners.set(id, (winners.has(id) ? NaN : pair[a]?.userId) ?? NaN);
      else told.push([id, `${status} ${body.error.message}`]);
    });
  });
  const after = await chats();
  expect(winners.size).toBe(1_000);
  expect(after.filter((chat) => chat.cs_id !== winners.get(chat.id))).toEqual([]);
  expect(told).toHaveLength(1_000);
  const winnerOf = new Map(after.map((chat) => [chat.id, chat.name]));
  expect(told.filter(([id, words]) => words !== `409 ${winnerOf.get(id)} took this chat.`)).toEqual([]);
  const assignments = await many(
    z.object({ n: z.number() }),
    sql`select count(*)::integer as n from assignments group by session_id having count(*) <> 1`,
  );
  expect(assignments).toEqual([]);
}, 120_000);

test("accepts, transfers and force-assignments at once take nobody over the limit, and lose no chat", async () => {
  const LIMIT = 5;
  const agents = await team(LIMIT);
  const root = await world.agent("root", "admin");
  await Promise.all(
    agents.map((agent) => call(world.url, "/api/cs/status", { token: agent.token, body: { status: "online" } })),
  );
  await crowd(60);
  const ids = (await chats()).map((c) => c.id);
  let looking = true;
  const overloads: unknown[] = [];
  const watching = (async () => {
    while (looking) overloads.push(...(await loads()).filter((l) => l.n > LIMIT));
  })();
  const random = (n: number, salt: number) => Math.floor(Math.abs(Math.sin(salt * 12.9898) * 43_758.5453) * n) % n;
  const statuses = new Map<number, number>();
  await inParallel(Array.from({ length: 600 }), 12, async (_, i) => {
    const id = ids[random(60, i)] ?? "";
    const [one, other] = [agents[random(10, i + 0.3)] as Agent, agents[random(10, i + 0.7)] as Agent];
    const verb = i % 3;
    const { status } =
      verb === 0
        ? await act(i % 2, one, id, "accept")
        : verb === 1
          ? await act(i % 2, one, id, "transfer", { toCsId: other.userId })
          : await call(world.instances[i % 2]?.url ?? "", `/api/admin/chats/${id}/assign`, {
              token: root.token,
              body: { csId: other.userId },
            });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  });
  looking = false;
  await watching;
  expect(overloads).toEqual([]);
  expect(await loads()).toHaveLength(10);
  // Nothing but successes and explained refusals on the way.
  expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 409]));
  expect([...statuses.keys()].every((status) => [200, 400, 404, 409].includes(status))).toBe(true);
  expect(await chats()).toHaveLength(60);
});
