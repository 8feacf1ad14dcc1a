import bcrypt from "bcryptjs";
import { setTimeout as delay } from "node:timers/promises";
import { openAgentPage, openCustomerPage, untilDone, type AgentPage, type CustomerPage, type Page } from "./page.ts";
import type { Recorder } from "./recorder.ts";
import type { Door, World } from "./world.ts";

export const PASSWORD = "a password for the faults";
/** Cheap on purpose: these accounts live for seconds. */
const HASH = bcrypt.hashSync(PASSWORD, 4);

export interface CastPlan {
  customers: number;
  agents: number;
  /** Which instance each page talks to, round robin; different ones on purpose, so that both halves of the path are used. */
  customerDoors: Door[];
  agentDoors: Door[];
  /** Every n-th customer has a second tab, on another instance, with the same storage. */
  secondTabEvery: number;
  maxChats: number;
  /** The last customer only speaks when the fault makes them. */
  quiet: boolean;
  textBytes: number;
}

export interface Cast {
  customers: CustomerPage[];
  agents: AgentPage[];
  quiet: string | null;
  /** Customers who have no page here, and their chats. */
  beside: Map<string, string>;
}

export const pagesOf = (cast: Cast): Page[] => [...cast.customers, ...cast.agents];

/** People who are there when the curtain rises: agents online, customers in their chats, all chats assigned. */
export async function assemble(world: World, record: Recorder, plan: CastPlan, run: string): Promise<Cast> {
  const cast: Cast = { customers: [], agents: [], quiet: null, beside: new Map() };
  for (let i = 0; i < plan.agents; i++) {
    const door = plan.agentDoors[i % plan.agentDoors.length] ?? "any";
    const page = openAgentPage(world, record, { ...(await signIn(world, `${run}-${i}`, plan.maxChats, door)), door });
    cast.agents.push(page);
    await page.setStatus("online");
  }
  for (let i = 0; i < plan.customers; i++) {
    const door = plan.customerDoors[i % plan.customerDoors.length] ?? "any";
    const person = { ...(await arrive(world, record, `${run}-${i}`)), door };
    const page = openCustomerPage(world, record, person);
    cast.customers.push(page);
    if ((i + 1) % plan.secondTabEvery === 0) {
      const elsewhere = { ...person, door: door === "a" ? ("b" as const) : ("a" as const) };
      const tab = openCustomerPage(world, record, elsewhere, { storage: page.storage, screen: "/tab2" });
      cast.customers.push(tab);
    }
  }
  if (plan.quiet) cast.quiet = cast.customers.at(-1)?.chat ?? null;
  const room = Math.min(plan.customers, plan.agents * plan.maxChats);
  await until(() => cast.agents.flatMap((agent) => agent.open()).length >= room, 10_000);
  await until(() => pagesOf(cast).every((page) => page.state === "live"), 10_000);
  return cast;
}

/** A new agent, signed in. */
export async function signIn(world: World, name: string, maxChats: number, door: Door = "any") {
  const username = `agent-${name}`;
  await world.query(
    `insert into users (username, name, role, password_hash, max_chats) values ($1, $1, 'cs', $2, $3)
     on conflict (username) do nothing`,
    [username, HASH, maxChats],
  );
  const { token, user } = await post<{ token: string; user: { id: number } }>(
    world,
    "/api/auth/login",
    {
      username,
      password: PASSWORD,
    },
    door,
  );
  return { token, name: username, userId: user.id };
}

/** A new customer with a first message. */
export async function arrive(world: World, record: Recorder, name: string) {
  const text = `${name} says hello`;
  const clientId = `hello-${name}`;
  const sender = `customer:${name}`;
  const { sessionId, customerToken } = await post<{ sessionId: string; customerToken: string }>(
    world,
    "/api/chat/init",
    { customerName: name, message: text, clientId },
  );
  record.attempt({ chat: sessionId, side: "customer", sender, clientId, text, at: Date.now() });
  return { chat: sessionId, token: customerToken, name };
}

function post<T>(world: World, path: string, body: object, door: Door = "any"): Promise<T> {
  return untilDone(async () => {
    const response = await fetch(world.http(door) + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  });
}

export async function until(holds: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  for (const deadline = Date.now() + patienceMs; ; await delay(20)) {
    if (await holds()) return true;
    if (Date.now() > deadline) return false;
  }
}
