import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { exec, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { startWorld } from "./world";

const world = startWorld();
/** Longer than an instance that begins to listen waits for others to answer. */
const UNTIL_ALONE_MS = 6_000;

test("a copy that starts beside one that was alone hears all that is said, from its first moment", async () => {
  const ina = await world.agent("ina-late");
  const customer = await world.customer("Hello");
  await exec(sql`update chat_sessions set status = 'active', cs_id = ${ina.userId} where id = ${customer.chatId}`);
  let sent = 1;
  const say = () =>
    call(world.url, "/api/chat/messages", {
      token: customer.token,
      body: { clientId: randomUUID(), content: `said ${++sent}` },
    });
  await delay(UNTIL_ALONE_MS);
  let talking = true;
  const talk = (async () => {
    while (talking) await say();
  })();
  await world.join();
  const desk = await world.open("/ws/cs", ina.token, 1);
  await desk.event("cs:connected");
  await delay(2_000);
  talking = false;
  await talk;
  await say();
  const last = `said ${sent}`;
  await desk.until((f) => f.data.message?.content === last);
  // Told, not found by looking: the sweep has nothing to mend.
  const metrics = await (await fetch(`${world.instances[1]?.url}/metrics`)).text();
  expect(metrics).toMatch(/^heradesk_sweep_found_total 0$/m);
});
