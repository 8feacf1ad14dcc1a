import { once } from "node:events";
import { expect } from "vitest";
import { z } from "zod";
import { exec, many, one, sql } from "~/db.server";
import { call, submit } from "~/testing/caller";
import type { RawSocket } from "~/testing/raw-socket";
import type { World } from "../world";
import type { Status } from "./model";

export interface Person {
  name: string;
  userId: number;
  token: string;
  limit: number;
}

interface Tab {
  name: string;
  instance: number;
  socket: RawSocket;
  leaseId: string;
  gone: Promise<null>;
}

const leaseRow = z.object({ id: z.string() });
const chatRow = z.object({
  id: z.string(),
  status: z.enum(["waiting", "active", "resolved", "abandoned"]),
  cs_id: z.number().nullable(),
  returned: z.boolean(),
  skip_cs_id: z.number().nullable(),
  /** Whom the log, and with it the customer, names as the agent. */
  told: z.number().nullable(),
});
export type StoredChat = z.infer<typeof chatRow>;

/** The real thing that the model is compared with: two instances, tabs, customers, and the database to look into. */
export class Desk {
  private tabs: Tab[] = [];
  private moved: Record<string, number> = {};
  /** In the order of arrival. */
  readonly customers: { token: string; chatId: string }[] = [];

  constructor(
    readonly world: World,
    readonly people: Person[],
    readonly adminToken: string,
  ) {}

  url = (instance: number) => this.world.instances[instance]?.url ?? "";
  person = (name: string) => this.people.find((p) => p.name === name) as Person;

  async start(instance: number) {
    const { body } = await call(this.url(instance), "/api/chat/init", { body: { message: "Hello" } });
    const customer = { token: String(body.customerToken), chatId: String(body.sessionId) };
    this.customers.push(customer);
    return customer;
  }

  async endByCustomer(instance: number, arrival: number) {
    const answer = await submit(
      this.url(instance),
      "/?index",
      { intent: "end" },
      `hd_customer=${this.customers[arrival]?.token}`,
    );
    return answer.status;
  }

  async openTab(name: string, instance: number) {
    const person = this.person(name);
    const before = await this.leases(person.userId);
    const socket = await this.world.open("/ws/cs", person.token, instance);
    await socket.event("cs:connected");
    const leaseId = (await this.leases(person.userId)).find((id) => !before.includes(id)) ?? "";
    const gone = once(socket.socket, "close").then(() => null);
    this.tabs.push({ name, instance, socket, leaseId, gone });
  }

  async closeTab(name: string, instance: number) {
    const index = this.tabs.findIndex((t) => t.name === name && t.instance === instance);
    const [tab] = this.tabs.splice(index, 1);
    await tab?.socket.close();
    await expect.poll(() => this.leases(this.person(name).userId), { timeout: 8_000 }).not.toContain(tab?.leaseId);
  }

  /** One of the agent's tabs says something; the answer's code, or "ok". */
  async say(name: string, event: string, data: object): Promise<string> {
    const tab = this.tabs.find((t) => t.name === name);
    if (!tab) throw new Error(`${name} has no tab`);
    tab.socket.forget();
    const answer = await Promise.race([tab.socket.request(event, data), tab.gone]);
    if (!answer) throw new Error(`the tab of ${name} is gone`);
    return answer.event === "system:error" ? `${answer.data.code} ${answer.data.message}` : "ok";
  }

  setStatus = (name: string, status: Status) => this.say(name, "cs:set_status", { status });

  async forceAssign(instance: number, arrival: number, name: string) {
    const { status, body } = await call(this.url(instance), `/api/admin/chats/${this.idOf(arrival)}/assign`, {
      token: this.adminToken,
      body: { csId: this.person(name).userId },
    });
    return status === 200 ? "ok" : `${body.error.code} ${body.error.message}`;
  }

  /** kill -9, and another start. What the dead process held runs out as if half a minute had gone by. */
  async crash(instance: number) {
    const gone = this.tabs.filter((t) => t.instance === instance);
    this.tabs = this.tabs.filter((t) => t.instance !== instance);
    await this.world.crash(instance);
    await exec(sql`update cs_leases set expires_at = now() where id = any (${gone.map((t) => t.leaseId)}::uuid[])`);
  }

  /** Everybody who is gone has been so for longer than the grace; it is noticed by whoever tends next. */
  async endGrace(gone: number[]) {
    const unnoticed = () =>
      many(
        leaseRow,
        sql`select id from chat_sessions where status = 'active' and agent_lost_at is null and cs_id = any (${gone}::bigint[])`,
      );
    await expect.poll(unnoticed, { timeout: 8_000, interval: 50 }).toEqual([]);
    await exec(sql`
      update chat_sessions set agent_lost_at = agent_lost_at - interval '2 hours'
      where status = 'active' and cs_id = any (${gone}::bigint[])`);
  }

  idOf = (arrival: number) => this.customers[arrival]?.chatId ?? "";

  /** By arrival. */
  async stored(): Promise<StoredChat[]> {
    const rows = await many(
      chatRow,
      sql`
        select s.id, s.status, s.cs_id, s.returned, s.skip_cs_id, (
          select (m.event ->> 'csId')::integer from messages m
          where m.session_id = s.id and m.event ->> 'kind' in ('assigned', 'transferred', 'returned')
          order by m.seq desc limit 1
        ) as told
        from chat_sessions s order by s.queued_at, s.id`,
    );
    return rows;
  }

  /** What moved which chat after an assignment's id, in the order in which it took place. */
  async movesSince(id: number) {
    return many(
      z.object({ session_id: z.string(), kind: z.string() }),
      sql`select session_id, kind from assignments where id > ${id} order by id`,
    );
  }

  async lastAssignment() {
    return (await one(z.object({ id: z.number() }), sql`select coalesce(max(id), 0) as id from assignments`)).id;
  }

  /** What an admin is shown of everybody. */
  async shownPresence(instance: number): Promise<Record<string, string>> {
    const { body } = await call(this.url(instance), "/api/admin/stats", { token: this.adminToken });
    const agents = body.stats.agents as { name: string; status: string; activeChats: number }[];
    return Object.fromEntries(agents.map((a) => [a.name.toLowerCase(), `${a.status} ${a.activeChats}`]));
  }

  /** What a waiting customer is told; null when they do not wait. */
  async place(instance: number, arrival: number): Promise<number | null> {
    const { body } = await call(this.url(instance), "/api/chat/init", {
      token: this.customers[arrival]?.token,
      body: {},
    });
    return body.position ?? null;
  }

  /** How often chats were moved, and how, over all that was cleared. */
  async moves(): Promise<Record<string, number>> {
    await this.clear();
    return this.moved;
  }

  /** As on the first morning. */
  async clear() {
    const kinds = z.object({ kind: z.string(), n: z.number() });
    for (const { kind, n } of await many(
      kinds,
      sql`select kind, count(*)::integer as n from assignments group by kind`,
    )) {
      this.moved[kind] = (this.moved[kind] ?? 0) + n;
    }
    await Promise.all(this.tabs.map((t) => t.socket.close()));
    this.tabs = [];
    this.customers.length = 0;
    await exec(sql`delete from chat_sessions`);
    await exec(sql`delete from cs_leases`);
    await exec(sql`
      insert into cs_status (user_id) select unnest(${this.people.map((p) => p.userId)}::bigint[])
      on conflict (user_id) do update set status = 'offline', last_assigned_at = null`);
  }

  private async leases(userId: number) {
    const rows = await many(
      leaseRow,
      sql`select id from cs_leases where user_id = ${userId} and expires_at > now() order by id`,
    );
    return rows.map((r) => r.id);
  }
}
