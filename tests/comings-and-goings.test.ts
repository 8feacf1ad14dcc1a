import { expect, test } from "vitest";
import { z } from "zod";
import { exec, many, sql } from "~/db.server";
import { listReactions, type ListNews, type WorkspaceSnapshot } from "~/realtime/client/list-reactions";
import type { RawSocket } from "~/testing/raw-socket";
import { startWorld } from "./world";

const world = startWorld(2);
const AT_ONCE = 10;
const ROOM = 4;

/** The chats that a browser shows which heard all that this socket heard. */
function shown({ frames }: RawSocket): string[] {
  let now = { mine: [], queue: [], colleagues: [], left: [] } as unknown as WorkspaceSnapshot;
  for (const { event, data } of frames) now = { ...now, ...listReactions[event]?.(data as ListNews, now) };
  return now.mine.map(({ id }) => id);
}

const held = async (userId: number) => {
  const row = z.object({ id: z.string() });
  const rows = await many(row, sql`select id from chat_sessions where cs_id = ${userId} and status = 'active'`);
  return rows.map(({ id }) => id);
};

test("chats that are given to agents whose page is just opening are seen there", async () => {
  const agents = [];
  for (let i = 0; i < AT_ONCE; i++) agents.push(await world.agent(`early${i}`, "cs", ROOM));
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => world.customer(`First ${i}`)));
  const coming = Promise.all(Array.from({ length: AT_ONCE * (ROOM - 1) }, (_, i) => world.customer(`Question ${i}`)));
  const desks = await Promise.all(
    agents.map(async ({ token, userId }, i) => {
      const desk = await world.open("/ws/cs", token, i % 2);
      desk.say("cs:set_status", { status: "online" });
      return { desk, userId };
    }),
  );
  await coming;
  for (const { desk, userId } of desks) {
    await expect.poll(async () => (await held(userId)).length, { timeout: 10_000 }).toBe(ROOM);
    await expect.poll(() => shown(desk).sort(), { timeout: 3_000 }).toEqual((await held(userId)).sort());
  }
  for (const { desk } of desks) await desk.close();
  await exec(sql`delete from chat_sessions`);
});

test("an agent whose lease ran out, as when a copy of the program or a laptop slept, is given chats when it is renewed", async () => {
  const agent = await world.agent("sleeper", "cs", 5);
  const desk = await world.open("/ws/cs", agent.token, 1);
  await desk.request("cs:set_status", { status: "online" });
  await exec(sql`update cs_leases set expires_at = now() - interval '30 seconds' where user_id = ${agent.userId}`);
  const { chatId } = await world.customer("Is anybody there?");
  expect(await held(agent.userId)).toEqual([]);
  await expect.poll(() => held(agent.userId), { timeout: 15_000 }).toEqual([chatId]);
  await desk.close();
  await exec(sql`delete from chat_sessions`);
});

test("an instance that was stopped holds up nobody, and its agents are given chats again when it goes on", async () => {
  const [here, there] = [await world.agent("here", "cs", 5), await world.agent("there", "cs", 1)];
  const desk = await world.open("/ws/cs", there.token, 1);
  await desk.request("cs:set_status", { status: "online" });
  await world.instances[1]?.kill("SIGSTOP");
  try {
    await exec(sql`update cs_leases set expires_at = now() where user_id = ${there.userId}`);
    const first = await world.customer("One");
    const other = await world.open("/ws/cs", here.token, 0);
    await other.request("cs:set_status", { status: "online" });
    await expect.poll(() => held(here.userId), { timeout: 8_000 }).toEqual([first.chatId]);
    await other.request("cs:set_status", { status: "busy" });
    const { chatId } = await world.customer("Two");
    expect(await held(there.userId)).toEqual([]);
    await world.instances[1]?.kill("SIGCONT");
    await expect.poll(() => held(there.userId), { timeout: 15_000 }).toEqual([chatId]);
    await expect.poll(() => shown(desk)).toEqual([chatId]);
    await other.close();
  } finally {
    await world.instances[1]?.kill("SIGCONT");
  }
  await desk.close();
  await exec(sql`delete from chat_sessions`);
});

test("a customer has left when their last page is closed, not when it is loaded again", async () => {
  const agent = await world.agent("watcher", "cs", 5);
  const desk = await world.open("/ws/cs", agent.token, 0);
  await desk.request("cs:set_status", { status: "online" });
  const { token, chatId } = await world.customer("Hello");
  await desk.event("chat:new_assigned");
  const page = async (instance: number) => {
    const socket = await world.open("/ws/chat", token, instance);
    await socket.request("chat:resume", { after: 0 });
    return socket;
  };
  const hasLeft = () => {
    const last = desk.frames.findLast((f) => f.event === "chat:customer_left" && f.data.sessionId === chatId);
    return last?.data.isOnline === false;
  };
  const first = await page(0);
  await first.close();
  const again = await page(1);
  const second = await page(0);
  await second.close();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(hasLeft()).toBe(false);
  await again.close();
  await expect.poll(hasLeft, { timeout: 5_000 }).toBe(true);
  await page(0);
  await expect.poll(hasLeft).toBe(false);
});
