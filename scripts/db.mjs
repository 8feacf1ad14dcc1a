import "./node-version.mjs";
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { borrowPostgres } from "./postgres.mjs";
import { buildProgram, installPackages } from "./prepare.mjs";
import { ROOT } from "./project.mjs";
import { end, main, onStop, runQuietly } from "./run.mjs";
import { dumpSchema } from "./schema.mjs";
import { programEnv, readSettings } from "./settings.mjs";
import { StartError } from "./start-error.mjs";

const commands = { migrate, seed, psql, dump, fill };

await main(async () => {
  const command = commands[process.argv[2]];
  if (!command) throw new StartError(`Say what to do with the database: ${Object.keys(commands).join(", ")}.`);
  const settings = readSettings();
  await installPackages();
  await command(await openDatabase(settings), settings);
  await end(0);
});

/** The database of DATABASE_URL, else the one of the local trial, running already or started for this command. */
async function openDatabase({ trial, dataDir }) {
  if (!trial) return process.env.DATABASE_URL;
  const server = await borrowPostgres({ dataDir });
  onStop(() => server.stop());
  return server.url;
}

async function migrate(url, settings) {
  await buildProgram();
  console.log((await program("--migrate", url, settings)).trim());
}

async function seed(url, settings) {
  await buildProgram();
  console.log((await program("--seed", url, settings)).trim());
}

/** A year of sample chats, said what happens meanwhile. */
async function fill(url, settings) {
  await buildProgram();
  await program("--migrate", url, settings);
  const viteNode = join(ROOT, "node_modules", "vite-node", "vite-node.mjs");
  const args = [viteNode, "scripts/fill/run.ts", ...process.argv.slice(3)];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: programEnv(settings, url), stdio: "inherit" });
  onStop(async () => void child.kill());
  const code = await new Promise((done) => child.once("exit", done));
  if (code !== 0) throw new StartError("The database was not filled.");
}

/** Writes sql/schema.sql from a database made for it, beside the real one. */
async function dump(url, settings) {
  const { default: pg } = await import("pg");
  await buildProgram();
  const scratch = new URL(url);
  scratch.pathname = `/heradesk_dump_${process.pid}`;
  const outside = new pg.Client({ connectionString: url });
  await outside.connect();
  const name = scratch.pathname.slice(1);
  await outside.query(`create database ${name} template template0`);
  try {
    await program("--migrate", scratch.href, settings);
    const inside = new pg.Client({ connectionString: scratch.href });
    await inside.connect();
    writeFileSync(join(ROOT, "sql", "schema.sql"), await dumpSchema(inside).finally(() => inside.end()));
  } finally {
    await outside.query(`drop database ${name} with (force)`);
    await outside.end();
  }
  console.log("Written: sql/schema.sql");
}

function program(what, url, settings) {
  return runQuietly(process.execPath, ["build/index.js", what], { cwd: ROOT, env: programEnv(settings, url) });
}

/** The system's psql when there is one, else a small prompt over the driver. */
async function psql(url) {
  if (spawnSync("psql", ["--version"]).status !== 0) return (await import("./sql-prompt.mjs")).prompt(url);
  process.on("SIGINT", () => {});
  const child = spawn("psql", [url, ...process.argv.slice(3)], { stdio: "inherit" });
  const code = await new Promise((done) => child.once("exit", done));
  if (code !== 0) throw new StartError(`psql ended with code ${code}.`);
}
