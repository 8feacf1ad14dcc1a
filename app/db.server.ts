import pg from "pg";
import type { z } from "zod";
import { connectionOptions } from "./connection-options.server";
import { env } from "./env.server";
import { closeLines } from "./message-path.server";

// bigint ids are far below 2^53 here, and JSON wants numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** What a statement can be given to. */
export interface Db {
  query(statement: Statement): Promise<pg.QueryResult>;
}

export interface Statement {
  text: string;
  values: unknown[];
  name?: string;
}

/** A statement with its values as parameters: sql`select 1 where id = ${id}`. Fragments nest. */
export function sql(strings: TemplateStringsArray, ...parts: unknown[]): Statement {
  let text = strings[0] ?? "";
  const values: unknown[] = [];
  parts.forEach((part, i) => {
    if (isStatement(part)) {
      text += part.text.replace(/\$(\d+)/g, (_, n) => `$${values.length + Number(n)}`);
      values.push(...part.values);
    } else {
      values.push(withoutNul(part));
      text += `$${values.length}`;
    }
    text += strings[i + 1];
  });
  return new SqlStatement(text, values);
}

/** PostgreSQL has no NUL in a text: whoever searches for one finds what the rest finds. */
const withoutNul = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(withoutNul);
  return typeof part === "string" ? part.replaceAll("\0", "") : part;
};

class SqlStatement implements Statement {
  constructor(
    readonly text: string,
    readonly values: unknown[],
    readonly name?: string,
  ) {}
}

function isStatement(part: unknown): part is SqlStatement {
  return part instanceof SqlStatement;
}

/** Parsed once for each connection, whatever the values; the text under a name is always the same. */
export const prepared = (name: string, { text, values }: Statement): Statement => ({ name, text, values });

let pool: pg.Pool | undefined;
let queuePool: pg.Pool | undefined;

/** The process's pool for everything but the message path. */
export const db = (): pg.Pool => (pool ??= openPool(STATEMENT_LIMIT_MS, { max: 10 }));

/** A little longer than PostgreSQL's own limit: who hears nothing by then has a connection in a black hole. */
const ANSWER_GRACE_MS = 1_000;
const STATEMENT_LIMIT_MS = 30_000;
const QUEUE_LIMIT_MS = 3_000;

/**
 * The queue's own: serving does not wait behind pages, and one that hangs gives up soon. Its transactions hold the lock
 * that every instance needs: an instance that is frozen in one of them, or cut off, loses it after 3 s.
 */
export const queueDb = (): pg.Pool =>
  (queuePool ??= openPool(QUEUE_LIMIT_MS, { max: 2, lock_timeout: 1_000, idle_in_transaction_session_timeout: 3_000 }));

/** Broken idle connections are dropped quietly: the next query makes a new one. One that does not answer is thrown away. */
function openPool(limitMs: number, own: pg.PoolConfig): pg.Pool {
  const opened = new pg.Pool({
    ...connectionOptions(limitMs),
    query_timeout: limitMs + ANSWER_GRACE_MS,
    ...own,
  });
  opened.on("error", () => {});
  return opened;
}

/** A connection of its own for work that may take as long as it takes; what it holds ends with it. */
export async function unlimited<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, connectionTimeoutMillis: 5_000 });
  // Its queries say what is wrong.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function closeDb() {
  const closing = [pool, queuePool];
  pool = queuePool = undefined;
  await Promise.all([closeLines(), ...closing.map((one) => one?.end())]);
}

/** All rows, each checked against its shape. */
export async function many<T extends z.ZodType>(row: T, statement: Statement, on: Db = db()): Promise<z.infer<T>[]> {
  const { rows } = await on.query(statement);
  return rows.map((r) => row.parse(r));
}

/** The first row, or null. */
export async function maybeOne<T extends z.ZodType>(
  row: T,
  statement: Statement,
  on: Db = db(),
): Promise<z.infer<T> | null> {
  return (await many(row, statement, on))[0] ?? null;
}

/** @throws when there is no row. */
export async function one<T extends z.ZodType>(row: T, statement: Statement, on: Db = db()): Promise<z.infer<T>> {
  const found = await maybeOne(row, statement, on);
  if (!found) throw new Error(`expected a row from: ${statement.text.slice(0, 80)}`);
  return found;
}

/** Runs a statement for its effect; the number of rows it touched. */
export async function exec(statement: Statement, on: Db = db()): Promise<number> {
  return (await on.query(statement)).rowCount ?? 0;
}

/** Runs `work` between begin and commit; rolls back when it throws. */
export async function transaction<T>(work: (tx: pg.PoolClient) => Promise<T>, on = db()): Promise<T> {
  const client = await on.connect();
  let broken: Error | undefined;
  // Without a listener, a connection cut between two queries would end the process.
  const onError = (error: Error) => (broken = error);
  client.on("error", onError);
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((e: Error) => (broken = e));
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
