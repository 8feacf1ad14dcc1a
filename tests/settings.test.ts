import { expect, test } from "vitest";
import { exec, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { pageVisitor } from "~/testing/page-visitor";
import { startWorld } from "./world";

const world = startWorld(2);
const on = (instance: number, token: string, body?: object) =>
  call(world.instances[instance]?.url ?? "", "/api/admin/settings", { token, body });

test("what an admin sets on one instance holds on the other at once", async () => {
  const root = await world.agent("root", "admin");
  expect((await on(1, root.token)).body.settings).toMatchObject({ graceSeconds: 60, noAnswerSeconds: 0 });
  const changed = await on(0, root.token, { graceSeconds: 3, noAnswerSeconds: 1 });
  expect(changed.body.settings).toMatchObject({ graceSeconds: 3, noAnswerSeconds: 1, awayAfterSeconds: 600 });
  await expect
    .poll(async () => (await on(1, root.token)).body.settings, { timeout: 2_000 })
    .toMatchObject({ graceSeconds: 3, noAnswerSeconds: 1 });
});

test("a rule that was off begins to work without a restart: no answer for a second goes to the next agent", async () => {
  const [ada, ben] = [await world.agent("ada"), await world.agent("ben")];
  const [desk, other] = [await world.open("/ws/cs", ada.token, 0), await world.open("/ws/cs", ben.token, 1)];
  await Promise.all([desk, other].map((d) => d.event("cs:connected")));
  await desk.request("cs:set_status", { status: "online" });
  const { token, chatId } = await world.customer("Anybody?");
  const customer = await world.open("/ws/chat", token, 1);
  await customer.request("chat:resume", { after: 0 });
  await desk.until((f) => f.event === "chat:new_assigned");
  await other.request("cs:set_status", { status: "online" });
  await other.until((f) => f.event === "chat:new_assigned" && (f.data.chat as { id: string }).id === chatId);
  await desk.until((f) => f.event === "chat:transferred_out" && f.data.sessionId === chatId);
  await customer.until((f) => f.event === "chat:assigned" && (f.data.cs as { name: string }).name === "Ben");
});

test("what is wrong is refused with the field's name, and nothing is changed", async () => {
  const root = await world.agent("rita", "admin");
  const before = (await on(0, root.token)).body.settings;
  for (const graceSeconds of ["", null, -1, 1.5, "soon", 99_999]) {
    const answer = await on(0, root.token, { noAnswerSeconds: 77, graceSeconds });
    expect([answer.status, answer.body.error.fields]).toEqual([
      400,
      { graceSeconds: "Write a whole number from 0 to 3600." },
    ]);
  }
  expect((await on(0, root.token)).body.settings).toEqual(before);
});

test("a chat that ended in silence asks for a rating only where an admin wants it", async () => {
  const root = await world.agent("ruth", "admin");
  const { token, chatId } = await world.customer("Anybody?");
  await exec(sql`
    update chat_sessions set status = 'resolved', ended_at = now(), end_reason = 'idle' where id = ${chatId}`);
  const page = pageVisitor(world.url);
  page.jar.set("hd_customer", token);
  const asks = async () => (await (await page.get("/")).text()).includes('name="rating"');
  expect(await asks()).toBe(false);
  await on(0, root.token, { rateAfterIdle: true });
  expect(await asks()).toBe(true);
});
