import pg from "pg";
import { connectionOptions } from "./connection-options.server";
import type { Statement } from "./db.server";

/** So short that a message is tried again, on a new connection, while its sender still waits. */
const LIMIT_MS = 3_000;
const LOOK_EVERY_MS = 500;
/** A little longer than PostgreSQL's own limit: who hears nothing for so many looks has a connection in a black hole. */
const SILENT_LOOKS = 8;
/** What the planner thought when there were no chats yet is forgotten after a minute, with the connection. */
const LIFETIME_MS = 60_000;

/**
 * Planned once: by index and nested loop, where a row is dear and a page is cheap. Left to itself the planner thinks a new
 * table small, and reads all of it for each batch.
 */
const PLAN_ONCE = [
  "plan_cache_mode=force_generic_plan",
  "enable_seqscan=off",
  "enable_hashjoin=off",
  "enable_mergejoin=off",
  "seq_page_cost=0.1",
  "random_page_cost=0.1",
  "cpu_tuple_cost=0.1",
]
  .map((setting) => `-c ${setting}`)
  .join(" ");

/**
 * A connection that one kind of work of the message path has to itself, so that it waits behind nothing else; opened when
 * it is first needed, and anew when it broke or is a minute old. Its few statements are prepared with a `name`. A pool does
 * the same with three timers for each statement, a third of what a lone statement costs us.
 */
class Line {
  private client: pg.Client | null = null;
  private opening: Promise<pg.Client> | null = null;
  private oldAt = 0;
  private asked = 0;
  private silentLooks = 0;

  /** What PostgreSQL refuses, such as a repeat, costs no connection. @throws when the connection breaks or falls silent. */
  async query(statement: Statement): Promise<pg.QueryResult> {
    const client = this.client ?? (await (this.opening ??= this.open()));
    this.asked++;
    try {
      return await client.query(statement);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.severity === "ERROR")) this.leave(client);
      throw error;
    } finally {
      this.asked--;
      this.silentLooks = 0;
      if (this.asked === 0 && performance.now() > this.oldAt) this.leave(client);
    }
  }

  get isOpen() {
    return this.client !== null;
  }

  get isBusy() {
    return this.asked > 0;
  }

  /**
   * Counts looks and not time: a process that was paused has answers that it has not read, and blames nobody.
   * @returns whether it has been silent for too long.
   */
  look() {
    if (this.asked > 0) this.silentLooks++;
    return this.silentLooks > SILENT_LOOKS;
  }

  /** Another connection from now on. Who still waits for an answer of this one is told that there will be none. */
  leave(client = this.client) {
    if (this.client === client) this.client = null;
    client?.end().catch(() => {});
  }

  async close() {
    await this.opening?.catch(() => {});
    const client = this.client;
    this.client = null;
    await client?.end();
  }

  private async open() {
    const client = new pg.Client({ ...connectionOptions(LIMIT_MS), options: PLAN_ONCE });
    client.on("error", () => this.leave(client));
    try {
      await client.connect();
      this.oldAt = performance.now() + LIFETIME_MS;
      return (this.client = client);
    } finally {
      this.opening = null;
    }
  }
}

/** One for each kind of work. */
export const lines = { writer: new Line(), publisher: new Line(), reader: new Line() };

const all = Object.values(lines);

// Where one falls silent, those beside it are not trusted either.
setInterval(() => {
  if (all.map((line) => line.look()).includes(true)) for (const line of all) line.leave();
}, LOOK_EVERY_MS).unref();

export const closeLines = () => Promise.all(all.map((line) => line.close()));

/** How many connections are open, and how many of those have nothing to do. */
export const messageLines = () => ({
  open: all.filter((line) => line.isOpen).length,
  idle: all.filter((line) => line.isOpen && !line.isBusy).length,
});
