import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { onEnd } from "../faults/cleanup.ts";
import { startPostgres } from "../postgres.mjs";

export type BenchDatabase = Awaited<ReturnType<typeof startDatabase>>;

/** What is added to each flush with `--slow-disk`. */
export const SLOW_FLUSH_MS = 2;

/** PostgreSQL of our own, as careful with the disk as in earnest; each contestant gets an empty database in it. */
export async function startDatabase({ slowDisk = false } = {}) {
  const dataDir = join(tmpdir(), `heradesk-bench-${process.pid}-${randomBytes(3).toString("hex")}`);
  onEnd(() => rmSync(dataDir, { recursive: true, force: true }));
  if (slowDisk) preload(dataDir);
  const postgres = await startPostgres({ dataDir, settings: { max_connections: "150" } });
  delete process.env.LD_PRELOAD;
  onEnd(() => postgres.stop("immediate"));
  return {
    /** Process ids whose CPU time is the database's. */
    pids: () => (postgres.pid ? [postgres.pid] : []),
    async empty(name: string): Promise<string> {
      await query(postgres.url, `drop database if exists ${name} with (force)`);
      await query(postgres.url, `create database ${name}`);
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

/** @throws when there is no C compiler. */
function preload(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711);
  const library = join(dataDir, "slow-disk.so");
  const { status, stderr } = spawnSync(
    "cc",
    ["-shared", "-fPIC", "-O2", "-o", library, "scripts/bench/slow-disk.c", "-ldl"],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`--slow-disk needs a C compiler (cc): ${stderr ?? "there is none"}`);
  chmodSync(library, 0o644);
  process.env.LD_PRELOAD = library;
  process.env.SLOW_DISK_US = String(SLOW_FLUSH_MS * 1_000);
}
