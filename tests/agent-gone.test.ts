import { expect, test } from "vitest";
import { z } from "zod";
import { exec, many, one, sql } from "~/db.server";
import { call } from "~/testing/caller";
import type { RawSocket } from "~/testing/raw-socket";
import { startWorld } from "./world";

const world = startWorld(2);
const LEASE_LIMIT_S = 30;

type Agent = Awaited<ReturnType<typeof world.agent>>;

async function sitDown(agent: Agent, instance: number, status = "online") {
  const desk = await world.open("/ws/cs", agent.token, instance);
  await desk.event("cs:connected");
  await desk.request("cs:set_status", { status });
  return desk;
}

/** Customers on instance 0, each with a socket open. */
async function customersOf(count: number) {
  const all: { chatId: string; socket: RawSocket }[] = [];
  for (let i = 0; i < count; i++) {
    const { token, chatId } = await world.customer(`Question ${i}`, `Guest ${i}`);
    const socket = await world.open("/ws/chat", token, 0);
    await socket.request("chat:resume", { after: 0 });
    all.push({ chatId, socket });
  }
  return all;
}

const presence = async (token: string) => {
  const { body } = await call(world.url, "/api/admin/stats", { token });
  const agents = body.stats.agents as { name: string; status: string; activeChats: number }[];
  return Object.fromEntries(agents.map((a) => [a.name, `${a.status} ${a.activeChats}`]));
};

const holders = () =>
  many(
    z.object({ name: z.string().nullable(), n: z.number() }),
    sql`
      select u.name, count(*)::integer as n from chat_sessions s left join users u on u.id = s.cs_id
      where s.status in ('waiting', 'active') group by u.name order by u.name`,
  );

/** The dead process renews nothing any more: by the database's clock its leases end within half a minute. */
async function leasesRunOut(userId: number) {
  const { left } = await one(
    z.object({ left: z.number() }),
    sql`select extract(epoch from max(expires_at) - now())::float8 as left from cs_leases where user_id = ${userId}`,
  );
  expect(left).toBeLessThanOrEqual(LEASE_LIMIT_S);
  await exec(sql`update cs_leases set expires_at = now() where user_id = ${userId} and expires_at > now()`);
}

test("an agent's instance is killed while they hold five chats: the customers are told, and somebody else goes on", async () => {
  const [ada, ben, root] = [
    await world.agent("ada", "cs", 5),
    await world.agent("ben", "cs", 6),
    await world.agent("root", "admin"),
  ];
  const graceSeconds = 2;
  await call(world.url, "/api/admin/settings", { token: root.token, body: { graceSeconds } });
  await sitDown(ada, 1);
  const chats = await customersOf(5);
  await Promise.all(chats.map(({ socket }) => socket.event("chat:assigned")));
  const benDesk = await sitDown(ben, 0, "busy");
  const [late] = await customersOf(1);
  expect(await presence(root.token)).toEqual({ Ada: "online 5", Ben: "busy 0" });

  await world.instances[1]?.kill();
  await leasesRunOut(ada.userId);
  expect(await presence(root.token)).toEqual({ Ada: "offline 5", Ben: "busy 0" });
  for (const { socket } of chats) {
    const told = await socket.event("chat:agent_presence");
    expect(told.data.isOnline).toBe(false);
  }
  // The colleagues on the other instance see it too, although nobody there did anything.
  await benDesk.until(
    (f) =>
      f.event === "queue:update" &&
      (f.data.colleagues as { name: string; status: string }[]).some((c) => c.name === "Ada" && c.status === "offline"),
  );

  for (const { socket } of chats) {
    const line = await socket.until((f) => (f.data.message?.event as { kind?: string })?.kind === "returned");
    expect(line.data.message?.content).toMatch(/^Ada lost connection\. .*we keep your place$/);
  }
  // At the head of the queue, in their order, before the one who came meanwhile.
  await expect.poll(holders).toEqual([{ name: null, n: 6 }]);
  const { body } = await call(world.url, "/api/cs/queue", { token: ben.token });
  expect(body.queue.map((c: { id: string }) => c.id)).toEqual([...chats, late].map((c) => c?.chatId));

  await benDesk.request("cs:set_status", { status: "online" });
  for (const { socket } of chats) {
    await socket.until((f) => f.event === "chat:assigned" && (f.data.cs as { name: string }).name === "Ben");
  }
  expect(await holders()).toEqual([{ name: "Ben", n: 6 }]);
  const logged = await one(
    z.object({ n: z.number() }),
    sql`select count(*)::integer as n from messages where event ->> 'kind' = 'returned'`,
  );
  expect(logged.n).toBe(5);
  await benDesk.request("cs:set_status", { status: "offline" });
});

test("back within the grace on another instance, everything is kept, and the customers are told that too", async () => {
  await world.crash(1);
  await exec(sql`delete from chat_sessions`);
  const [cleo, root] = [await world.agent("cleo", "cs", 5), await world.agent("rita", "admin")];
  await call(world.url, "/api/admin/settings", { token: root.token, body: { graceSeconds: 60 } });
  await sitDown(cleo, 1);
  const chats = await customersOf(3);
  await Promise.all(chats.map(({ socket }) => socket.event("chat:assigned")));
  await world.instances[1]?.kill();
  await leasesRunOut(cleo.userId);
  await Promise.all(chats.map(({ socket }) => socket.until((f) => f.data.isOnline === false)));
  const desk = await world.open("/ws/cs", cleo.token, 0);
  const welcome = await desk.event("cs:connected");
  expect(welcome.data).toMatchObject({ status: "online", activeChats: 3 });
  await Promise.all(chats.map(({ socket }) => socket.until((f) => f.data.isOnline === true)));
  expect((await holders()).filter((h) => h.name === "Cleo")).toEqual([{ name: "Cleo", n: 3 }]);
});

test("five tabs over two instances, four closed: still there; the last one closed: gone at once", async () => {
  await world.crash(1);
  const [dora, root] = [await world.agent("dora"), await world.agent("rosa", "admin")];
  const tabs = [await sitDown(dora, 0)];
  for (const instance of [0, 1, 0, 1]) tabs.push(await world.open("/ws/cs", dora.token, instance));
  await Promise.all(tabs.map((t) => t.event("cs:connected")));
  const status = async () => (await presence(root.token)).Dora;
  const last = tabs.pop();
  for (const tab of tabs) {
    await tab.close();
    expect(await status()).toBe("online 0");
  }
  await last?.close();
  await expect.poll(status).toBe("offline 0");
});
