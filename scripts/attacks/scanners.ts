import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { endWith, onEnd } from "../faults/cleanup.ts";
import { table } from "../bench/table.ts";
import { signedIn, startTarget } from "./target.ts";

const LIMIT_S = Number(process.env.SCAN_SECONDS ?? 120);

/** sqlmap and wapiti, where they are installed, on the program; each must find the hole that a server beside it has. */
await endWith(async () => {
  const alive = setInterval(() => {}, 60_000);
  onEnd(() => clearInterval(alive));
  const target = await startTarget();
  const [url] = target.urls;
  const { cookie } = await signedIn(target.admin.userId);
  const hole = await plantHoles();
  const rows = [];
  for (const [name, address] of [
    ["planted", `${hole}/find?q=a`],
    ["/cs/history", `${url}/cs/history?q=a`],
    ["/api/chat/messages", `${url}/api/chat/messages?after=1`],
  ] as const) {
    const found = /identified the following injection point/.test(await sqlmap(address, cookie));
    rows.push(["sqlmap", name, found ? "found" : "nothing"]);
  }
  for (const [name, address] of [
    ["planted", `${hole}/`],
    ["the program", `${url}/login`],
  ] as const) {
    const text = await wapiti(address, name === "planted" ? "" : cookie);
    rows.push(["wapiti", name, /XSS vulnerability|SQL Injection/i.test(text) ? "found" : "nothing"]);
  }
  console.log(table(["scanner", "where", "holes"], rows));
  const right = rows.every(([, where, holes]) => holes === (where === "planted" ? "found" : "nothing"));
  return right ? 0 : 1;
});

/** Outside the product: a query made of what was typed, and an answer made of it too. */
async function plantHoles(): Promise<string> {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
  onEnd(() => pool.end());
  const server = createServer((req, res) => {
    const q = new URL(req.url ?? "/", "http://x").searchParams.get("q") ?? "";
    res.setHeader("Content-Type", "text/html");
    if (!req.url?.startsWith("/find")) return void res.end('<a href="/find?q=a">find</a>');
    pool.query(`select username from users where name = '${q}'`).then(
      ({ rows }) => res.end(`<p>${q}: ${rows.length}</p>`),
      (error: Error) => res.end(`<p>${q}: ${error.message}</p>`),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onEnd(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sqlmap(url: string, cookie: string) {
  return run("sqlmap", [
    "-u",
    url,
    "--cookie",
    cookie,
    "--batch",
    "--flush-session",
    "--dbms=PostgreSQL",
    "--technique=BE",
    "--level=1",
    "--output-dir",
    `${tmpdir()}/heradesk-sqlmap`,
  ]);
}

function wapiti(url: string, cookie: string) {
  return run("wapiti", [
    "-u",
    url,
    "--scope",
    "folder",
    "-m",
    "xss,sql",
    "--flush-session",
    "--max-scan-time",
    String(LIMIT_S / 60),
    "-f",
    "txt",
    "-o",
    "/dev/stdout",
    ...(cookie ? ["-H", `Cookie: ${cookie}`] : []),
  ]);
}

function run(command: string, words: string[]) {
  return new Promise<string>((resolve, reject) => {
    const child = spawn(command, words, { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (text += part));
    const timer = setTimeout(() => child.kill(), LIMIT_S * 1_000);
    child.once("error", () => reject(new Error(`${command}: not installed; apt-get install ${command}`)));
    child.once("close", () => (clearTimeout(timer), resolve(text)));
  });
}
