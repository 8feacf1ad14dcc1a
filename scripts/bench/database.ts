import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { onEnd } from "../faults/cleanup.ts";
import { startPostgres } from "../postgres.mjs";
import { slowDisk } from "./slow-disk-library.ts";

export type BenchDatabase = Awaited<ReturnType<typeof startDatabase>>;

/** PostgreSQL of our own, as careful with the disk as in earnest; each contestant gets an empty database in it. */
export async function startDatabase({ flushMs = 0 } = {}) {
  const dataDir = join(tmpdir(), `heradesk-bench-${process.pid}-${randomBytes(3).toString("hex")}`);
  onEnd(() => rmSync(dataDir, { recursive: true, force: true }));
  const speedUp = flushMs > 0 ? slowDisk(dataDir, flushMs) : () => {};
  const settings = { max_connections: "150", fsync: "on", wal_sync_method: "fdatasync" };
  const postgres = await startPostgres({ dataDir, settings }).finally(speedUp);
  onEnd(() => postgres.stop("immediate"));
  return {
    pid: postgres.pid ?? 0,
    url: postgres.url,
    /** With its checkpoint behind it, so that nobody runs into that of somebody else. */
    async empty(name: string): Promise<string> {
      await query(postgres.url, `drop database if exists ${name} with (force)`);
      await query(postgres.url, `create database ${name}`);
      await query(postgres.url, "checkpoint");
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      return url.href;
    },
  };
}

export async function query<T extends object>(url: string, text: string, values?: unknown[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}
