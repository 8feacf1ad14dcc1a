import { randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "./postgres-process.mjs";
import { startPostgres } from "./postgres.mjs";

/** Nothing of a test database is worth waiting for the disk. */
const IN_A_HURRY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/**
 * A PostgreSQL in a new folder under the system's temporary one; `discard` stops it and deletes the folder.
 */
export async function startTestPostgres(settings = {}) {
  sweep();
  const dataDir = join(tmpdir(), `heradesk-test-${process.pid}-${randomBytes(4).toString("hex")}`);
  const server = await startPostgres({ dataDir, settings: { ...IN_A_HURRY, ...settings } });
  return Object.assign(server, {
    async discard() {
      await server.stop("immediate");
      for (const path of [server.folder, dataDir]) rmSync(path, { recursive: true, force: true });
    },
  });
}

/** Folders of test runs that were killed. */
function sweep() {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.match(/^heradesk-test-(\d+)-/)?.[1];
    if (!owner || isAlive(Number(owner))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // another user's
    }
  }
}
