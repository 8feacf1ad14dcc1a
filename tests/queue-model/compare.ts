import { expect } from "vitest";
import { z } from "zod";
import { many, sql } from "~/db.server";
import type { Desk, StoredChat } from "./desk";
import type { Chat, Model, Status } from "./model";

/** Changes show at once, but for what takes a round of tending: everybody's, once a second. */
const PATIENCE = { timeout: 10_000, interval: 25 };

/** One line for each chat: what the model says it should be, and what it is. */
const asModelled = (model: Model) => model.chats.map((c) => line(c.status, c.agent, c.returned, c.skip));

function asStored(chats: StoredChat[], desk: Desk) {
  const name = (id: number | null) => desk.people.find((p) => p.userId === id)?.name ?? null;
  return chats.map(({ status, cs_id, returned, skip_cs_id }) =>
    status === "waiting" || status === "active"
      ? line(status, name(cs_id), returned, name(skip_cs_id))
      : line("ended", null, false, null),
  );
}

const line = (status: Chat["status"], agent: string | null, returned: boolean, skip: string | null) =>
  status === "active"
    ? `with ${agent}`
    : status === "ended"
      ? "ended"
      : `waits${returned ? " (returned)" : ""} not ${skip}`;

/** After one thing at a time the program is exactly where the model is, and says so to everybody. */
export async function sameAs(model: Model, desk: Desk, instance: number): Promise<void> {
  await expect.poll(async () => asStored(await desk.stored(), desk), PATIENCE).toEqual(asModelled(model));
  await truthful(model, desk, instance);
}

/** What customers and colleagues are shown is what is. */
async function truthful(model: Model, desk: Desk, instance: number) {
  for (const { id, status, cs_id, told } of await desk.stored()) {
    if (status === "active") expect(told, `the agent that the customer of ${id} knows of`).toBe(cs_id);
  }
  const presence = Object.fromEntries(
    [...model.agents.values()].map((a) => [a.name, `${model.isThere(a) ? a.status : "offline"} ${model.load(a)}`]),
  );
  expect(await desk.shownPresence(instance)).toEqual(presence);
  const queue = model.queue();
  const asked = queue.findIndex((c) => desk.customers[c.arrival]?.token);
  const chat = queue[asked];
  if (chat) expect(await desk.place(instance, chat.arrival)).toBe(asked + 1);
}

const statusRow = z.object({ user_id: z.number(), status: z.enum(["online", "busy", "offline"]), nth: z.number() });

/**
 * After several things at once nobody can say which came first: the model takes over what came of them, if the rules hold:
 * one agent per chat, nobody over the limit, nobody waiting while somebody with room may have the chat, and those who were
 * waiting served in their order.
 */
export async function rulesHold(model: Model, desk: Desk, instance: number, before: Before): Promise<void> {
  await expect
    .poll(async () => {
      const known = JSON.stringify(await desk.stored());
      await adopt(model, desk);
      const adopted = asModelled(model);
      model.serve();
      const stable = known === JSON.stringify(await desk.stored());
      return { stable, waitingInVain: adopted.filter((l, i) => l !== asModelled(model)[i]) };
    }, PATIENCE)
    .toEqual({ stable: true, waitingInVain: [] });
  for (const agent of model.agents.values()) expect(model.load(agent)).toBeLessThanOrEqual(agent.limit);
  await servedInOrder(model, desk, before);
  await truthful(model, desk, instance);
}

async function adopt(model: Model, desk: Desk) {
  const stored = await desk.stored();
  const tokens = new Map(desk.customers.map((c) => [c.chatId, c.token]));
  desk.customers.splice(0, Infinity, ...stored.map(({ id }) => ({ chatId: id, token: tokens.get(id) ?? "" })));
  const name = (id: number | null) => desk.people.find((p) => p.userId === id)?.name ?? null;
  model.chats.splice(
    0,
    Infinity,
    ...stored.map((chat, arrival): Chat => {
      const open = chat.status === "waiting" || chat.status === "active";
      return {
        arrival,
        status: chat.status === "waiting" || chat.status === "active" ? chat.status : "ended",
        agent: name(chat.cs_id),
        returned: open && chat.returned,
        skip: name(chat.skip_cs_id),
      };
    }),
  );
  const statuses = await many(
    statusRow,
    sql`
      select user_id, status, case when last_assigned_at is null then 0
        else rank() over (order by last_assigned_at nulls first) end::integer as nth
      from cs_status`,
  );
  for (const agent of model.agents.values()) {
    const row = statuses.find((s) => s.user_id === agent.userId);
    agent.status = (row?.status ?? "offline") as Status;
    agent.lastGiven = row?.nth ?? 0;
  }
  model.time = statuses.length + 1;
}

export interface Before {
  waiting: string[];
  lastAssignment: number;
}

/** Who waits now, in order; those that may not go to somebody are left out: others may rightly pass them. */
export const remember = async (model: Model, desk: Desk): Promise<Before> => ({
  waiting: model.queue().flatMap((c) => (c.skip === null ? [desk.idOf(c.arrival)] : [])),
  lastAssignment: await desk.lastAssignment(),
});

async function servedInOrder(model: Model, desk: Desk, { waiting, lastAssignment }: Before) {
  const moves = await desk.movesSince(lastAssignment);
  const firstMove = new Map<string, string>();
  for (const { session_id, kind } of moves) if (!firstMove.has(session_id)) firstMove.set(session_id, kind);
  const served = [...firstMove].flatMap(([id, kind]) => (kind === "queue" && waiting.includes(id) ? [id] : []));
  expect(served, "in the order of the queue").toEqual(waiting.filter((id) => served.includes(id)));
  const stillWaiting = waiting.filter(
    (id) => !firstMove.has(id) && model.chats[desk.customers.findIndex((c) => c.chatId === id)]?.status === "waiting",
  );
  const last = waiting.indexOf(served.at(-1) ?? "");
  expect(
    stillWaiting.filter((id) => waiting.indexOf(id) < last),
    "passed over",
  ).toEqual([]);
}
