import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";

// One folder for all of it, as with a person who starts and stops.
const home = mkdtempSync(join(tmpdir(), "heradesk-start-"));
chmodSync(home, 0o755); // mkdtemp closes it, and as root another user runs the database
const dataDir = join(home, "data");
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Generous: the disk of a busy machine takes its time with a new database. */
const FIRST_START_MS = 100_000;
vi.setConfig({ testTimeout: 120_000 });
const SECOND_START_MS = 3_000;

test("the first start ends with the address and the accounts, SIGTERM ends all of it with 0", async () => {
  const started = start();
  const url = await started.address(FIRST_START_MS);
  expect(started.output()).toContain("cs / cs123");
  expect(started.output()).toContain("admin / admin123");
  expect((await fetch(url)).status).toBe(200);
  expect(await started.stop()).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

test("a second start is quick", async () => {
  const began = Date.now();
  const started = start();
  await started.address(FIRST_START_MS);
  if (!process.env.CI) expect(Date.now() - began).toBeLessThan(SECOND_START_MS);
  expect(started.output()).not.toContain("Demo data");
  expect(await started.stop("SIGINT")).toBe(0);
});

test("two starts at once: the second one says where the first one is", async () => {
  const started = start();
  const url = await started.address(FIRST_START_MS);
  expect(await start().failure()).toContain(`✗ HeraDesk is already running: ${url} `);
  await started.stop();
});

test("a killed start leaves nothing that stops the next one", async () => {
  const killed = start();
  const url = await killed.address(FIRST_START_MS);
  await killed.stop("SIGKILL");
  await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), { timeout: 15_000 });
  const next = start();
  await next.address(FIRST_START_MS);
  expect(await next.stop()).toBe(0);
});

test("a taken port is one line", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  expect(await start({ PORT: String(port) }).failure()).toMatch(/^✗ PORT: \d+ is taken by another program; stop that /);
  other.close();
});

test.each([
  [{ PORT: "many" }, '✗ PORT: "many" is not a port; '],
  [{ HOST: "0.0.0.0" }, "✗ HOST: 0.0.0.0 would show the demo accounts to the network; "],
  [{ LOG_LEVEL: "loud" }, "✗ LOG_LEVEL: "],
  [{ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }, "✗ DATABASE_URL: nothing answers there"],
  [{ DATA_DIR: "/dev/null/data" }, "✗ DATA_DIR: /dev/null/data cannot be written (ENOTDIR): "],
  [
    { NODE_ENV: "production", DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", JWT_SECRET: "short" },
    "✗ JWT_SECRET: too short",
  ],
])("%j is refused in a line", async (env, line) => {
  const said = await start(env).failure();
  expect(said.slice(0, line.length)).toBe(line);
  expect(said).not.toMatch(/\n {4}at /);
});

function start(env: Record<string, string> = {}) {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...clean, PORT: "0", DATA_DIR: dataDir, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let complaint = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  onTestFinished(() => void child.kill("SIGKILL")); // after a failure, so that the next test finds the place free
  const ended = once(child, "close") as Promise<[number | null]>;
  return {
    output: () => output,
    address: (timeout: number) =>
      vi.waitFor(
        () => {
          const url = output.match(/Open (http:\S+)/)?.[1];
          if (!url || !output.includes("Ctrl-C")) throw new Error(`not up yet:\n${output}${complaint}`);
          return url;
        },
        { timeout, interval: 20 },
      ),
    async stop(signal: NodeJS.Signals = "SIGTERM") {
      child.kill(signal);
      return (await ended)[0];
    },
    /** What it said when it gave up, which it must, with 1. */
    async failure() {
      expect((await ended)[0], output).toBe(1);
      return complaint.trim();
    },
  };
}

/** What the tests set for themselves must not become settings of the program. */
const OURS = /^(NODE_ENV|LOG_LEVEL|LOCAL_TRIAL|JWT_SECRET|DATABASE_URL|HOST|PORT|VITEST.*|npm_.*)$/;
