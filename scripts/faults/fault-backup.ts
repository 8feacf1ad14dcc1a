import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync, chownSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../postgres.mjs";
import { onEnd } from "./cleanup.ts";
import type { Fault, Stage } from "./scenario.ts";

/** PostgreSQL's own two ways that need no other program: a copy of the folder while it serves, and one while it is stopped. */
export const backupFaults: Fault[] = [
  {
    id: 33,
    name: "backup while serving, restore after a stop",
    async run(stage) {
      await backUpLive(stage);
      await moveHouse(stage);
      await stage.traffic(50, 30_000);
    },
  },
];

/** A base backup under load; opened beside the original, it must have everything that was acknowledged before it began. */
async function backUpLive({ world, record, bite, claim, traffic }: Stage) {
  const before = [...record.acks];
  const copy = await copyWhileServing(world.postgres);
  await traffic(20);
  const restored = await startPostgres({ dataDir: copy, settings: { max_connections: "20" } });
  onEnd(() => restored.stop("immediate"));
  bite();
  const client = new pg.Client({ connectionString: restored.url });
  await client.connect();
  const { rows } = await client.query<{ session_id: string; seq: number }>(
    "select session_id, seq from messages order by session_id, seq",
  );
  await client.end();
  await restored.stop("fast");
  const stored = new Set(rows.map((row) => `${row.session_id} ${row.seq}`));
  const missing = before.filter(({ chat, seq }) => !stored.has(`${chat} ${seq}`)).length;
  claim("the backup has what was acknowledged before it", missing === 0, `${missing} of ${before.length} missing`);
  const gaps = rows.filter((row) => row.seq > 1 && !stored.has(`${row.session_id} ${row.seq - 1}`)).length;
  claim("the backup has no gaps", gaps === 0, `${gaps} gaps in ${rows.length}`);
}

/** Everything is stopped, the folder copied, the original deleted, and the copy put in its place; people only wait. */
async function moveHouse({ world, bite }: Stage) {
  for (const instance of world.instances) await instance.terminate();
  await world.postgres.stop("fast");
  const { folder } = world.postgres;
  const safe = temporary();
  execFileSync("cp", ["-a", folder, safe]);
  rmSync(folder, { recursive: true, force: true });
  execFileSync("cp", ["-a", join(safe, "postgres"), folder]);
  bite();
  await world.heal();
}

/** @returns a data folder with the copy in it. */
async function copyWhileServing(postgres: { url: string; folder: string; dataDir: string }): Promise<string> {
  const place = temporary();
  const target = join(place, "postgres");
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query("select pg_backup_start('faults', true)");
  copyChanging(postgres.folder, target);
  const { rows } = await client.query<{ labelfile: string }>(
    "select labelfile from pg_backup_stop(wait_for_archive => false)",
  );
  await client.end();
  // The log comes last: it has to reach to the backup's end.
  rmSync(join(target, "pg_wal"), { recursive: true, force: true });
  copyChanging(join(postgres.folder, "pg_wal"), join(target, "pg_wal"));
  for (const name of ["postmaster.pid", "postmaster.opts"]) rmSync(join(target, name), { force: true });
  const label = join(target, "backup_label");
  writeFileSync(label, rows[0]?.labelfile ?? "");
  const { uid, gid } = statSync(target);
  chownSync(label, uid, gid);
  cpSync(join(postgres.dataDir, "database.json"), join(place, "database.json"));
  return place;
}

/** Files that come and go meanwhile are no failure: the log knows of them. */
function copyChanging(from: string, to: string) {
  mkdirSync(to, { recursive: true });
  try {
    execFileSync("cp", ["-a", `${from}/.`, to], { stdio: "ignore" });
  } catch {
    // one vanished
  }
}

function temporary() {
  const folder = mkdtempSync(join(tmpdir(), "heradesk-backup-"));
  chmodSync(folder, 0o711);
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
