import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type pg from "pg";
import { unlimited } from "./db.server";

const MIGRATION_LOCK = 4_839_201;

/**
 * Applies the files of `folder` that the database does not have yet, in order, each in a transaction of its own,
 * under an advisory lock: copies of the program that start together wait for one another.
 * @throws when an applied file has changed since, naming it.
 */
export async function migrate(folder = "sql/migrations"): Promise<string[]> {
  return unlimited(async (client) => {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return applyMissing(client, folder);
  });
}

async function applyMissing(client: pg.Client, folder: string) {
  await client.query(`create table if not exists schema_migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "select name, checksum from schema_migrations",
  );
  const applied = new Map(rows.map((r) => [r.name, r.checksum]));
  const added: string[] = [];
  for (const name of (await readdir(folder)).filter((f) => f.endsWith(".sql")).sort()) {
    const text = await readFile(`${folder}/${name}`, "utf8");
    const checksum = createHash("sha256").update(text).digest("hex");
    const known = applied.get(name);
    if (known === checksum) continue;
    if (known) throw new Error(`sql/migrations/${name} was edited after it was applied; add a new migration instead`);
    await applyOne(client, name, text, checksum);
    added.push(name);
  }
  return added;
}

async function applyOne(client: pg.Client, name: string, text: string, checksum: string) {
  try {
    await client.query("begin");
    await client.query(text);
    await client.query("insert into schema_migrations (name, checksum) values ($1, $2)", [name, checksum]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw new Error(`sql/migrations/${name}: ${(error as Error).message}`);
  }
}
