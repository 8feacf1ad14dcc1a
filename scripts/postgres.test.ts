import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { borrowPostgres, startPostgres, type Postgres } from "./postgres.mjs";

const home = mkdtempSync(join(tmpdir(), "heradesk-scripts-"));
chmodSync(home, 0o755); // mkdtemp closes it, and as root another user runs the database
const settings = { fsync: "off" };
let dataDir: string;
let count = 0;

beforeEach(() => {
  dataDir = join(home, String(count++), "data");
});
afterAll(() => rmSync(home, { recursive: true }));

test("start returns stop, and what was written is there at the next start, at the same address", async () => {
  const first = await startPostgres({ dataDir, settings });
  await query(first.url, "create table kept (a int)");
  await first.stop();
  expect(first.pid).toBeNull();
  const second = await startPostgres({ dataDir, settings });
  expect(second.url).toBe(first.url);
  expect(await query(second.url, "select * from kept")).toEqual([]);
  await second.stop();
});

test("the password is needed, and only its owner can read it", async () => {
  const server = await startPostgres({ dataDir, settings });
  const url = new URL(server.url);
  url.password = "guessed";
  await expect(query(url.href, "select 1")).rejects.toThrow("password authentication failed");
  expect(statSync(join(dataDir, "database.json")).mode & 0o077).toBe(0);
  await server.stop();
});

test("a lost note of the password is made anew", async () => {
  await (await startPostgres({ dataDir, settings })).stop();
  rmSync(join(dataDir, "database.json"));
  const server = await startPostgres({ dataDir, settings });
  expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
});

describe("faults", () => {
  test("it comes back from fast and immediate restarts, a kill and a freeze", async () => {
    const onExit = vi.fn();
    const server = await startPostgres({ dataDir, settings, onExit });
    await server.restart();
    await server.restart("immediate");
    server.signal("SIGKILL");
    await server.start();
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    server.signal("SIGSTOP");
    await server.stop();
    expect(onExit).not.toHaveBeenCalled();
  });

  test("an end that nobody asked for is told", async () => {
    const onExit = vi.fn();
    const server = await startPostgres({ dataDir, settings, onExit });
    process.kill(server.pid ?? 0, "SIGKILL");
    await vi.waitFor(() => expect(onExit).toHaveBeenCalledOnce());
  });

  test("a left-behind postmaster.pid does not stop the next start, also when its number is taken again", async () => {
    const server = await startPostgres({ dataDir, settings });
    await server.stop();
    writeFileSync(join(server.folder, "postmaster.pid"), `${process.pid}\n${server.folder}\n1\n1\n\n\n\nready   \n`);
    const next = await startPostgres({ dataDir, settings });
    await next.stop();
  });
});

describe("a starter that was killed", () => {
  test("takes the database with it", async () => {
    const { pid, kill } = await startElsewhere();
    await kill();
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });
  });

  test("and left a server behind: the next start ends that one first", async () => {
    const left = await startElsewhere({ withoutGuard: true });
    await left.kill();
    expect(isAlive(left.pid)).toBe(true);
    const server = await startPostgres({ dataDir, settings });
    expect(isAlive(left.pid)).toBe(false);
    await server.stop();
  });
});

test("while another process uses it, a start is refused and a borrower joins in", async () => {
  const other = await startElsewhere();
  await expect(startPostgres({ dataDir, settings })).rejects.toThrow(`in use by process ${other.starter}`);
  const borrowed = await borrowPostgres({ dataDir });
  expect(await query(borrowed.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await borrowed.stop();
  expect(isAlive(other.pid)).toBe(true);
  await other.kill();
  await vi.waitFor(() => expect(isAlive(other.pid)).toBe(false), { timeout: 10_000 });
});

test("a data folder that cannot be made is one line", async () => {
  const file = join(home, "file");
  writeFileSync(file, "");
  const starting = startPostgres({ dataDir: join(file, "data") });
  await expect(starting).rejects.toThrow(/^DATA_DIR: .*cannot be written \(ENOTDIR\)/);
});

test("data of another PostgreSQL is refused by number", async () => {
  const server: Postgres = await startPostgres({ dataDir, settings });
  await server.stop();
  writeFileSync(join(server.folder, "PG_VERSION"), "13\n");
  await expect(startPostgres({ dataDir })).rejects.toThrow("was made by PostgreSQL 13, and this is 18");
});

/** Started by a process of its own, which can be killed without a word. */
async function startElsewhere({ withoutGuard = false } = {}) {
  const script = `
    import { startPostgres } from "./scripts/postgres.mjs";
    const { pid } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings: { fsync: "off" } });
    process.send(pid);
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [pid] = (await once(starter, "message")) as [number];
  if (withoutGuard) endGuardOf(pid);
  return {
    pid,
    starter: starter.pid,
    async kill() {
      const over = once(starter, "exit");
      starter.kill("SIGKILL");
      await over;
    },
  };
}

function endGuardOf(server: number) {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (commandLine(pid).includes(`heradesk-database-guard\0${server}\0`)) process.kill(Number(pid), "SIGKILL");
  }
}

function commandLine(pid: string) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it has ended meanwhile
  }
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
