import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { checkPort, refuseSecondStart } from "./before-start.mjs";
import { openDataDir, startPostgres } from "./postgres.mjs";
import { buildProgram, installPackages } from "./prepare.mjs";
import { startProgram } from "./program-process.mjs";
import { buildIsCurrent, ROOT } from "./project.mjs";
import { fail, main, onStop } from "./run.mjs";
import { accent, bold, dim, step } from "./screen.mjs";
import { seedOnce } from "./seed-once.mjs";
import { programEnv, readSettings } from "./settings.mjs";

await main(start, {
  begin: () => console.log("\n  Stopping …"),
  over: () => console.log("  Stopped."),
});

async function start() {
  console.log(`\n  ${bold(accent("HeraDesk"))}\n`);
  const settings = readSettings();
  openDataDir(settings.dataDir);
  refuseSecondStart(settings);
  await checkPort(settings);
  await installPackages({ withDev: !buildIsCurrent() });
  await buildProgram();
  const databaseUrl = settings.trial ? await startDatabase(settings) : process.env.DATABASE_URL;
  const env = programEnv(settings, databaseUrl);
  if (settings.trial) await seedOnce(settings, env);
  const url = await serve(settings, env);
  rememberRunning(settings, url);
  console.log(closingScreen(settings, url));
}

async function startDatabase({ dataDir }) {
  let url;
  await step("Database", "starting PostgreSQL", async () => {
    let moved;
    const starting = startPostgres({ dataDir, onExit: fail, onMove: (line) => (moved = line) });
    onStop(() =>
      starting.then(
        (server) => server.stop(),
        () => {},
      ),
    );
    url = (await starting).url;
    return moved ? `PostgreSQL is up. ${moved}` : `PostgreSQL is up, data in ${nearby(dataDir)}`;
  });
  return url;
}

async function serve(settings, env) {
  let url;
  await step("Server", "starting", async () => {
    const program = startProgram(settings, env);
    onStop(program.stop);
    program.ended.then(fail);
    url = await program.listening;
    return "is up";
  });
  return url;
}

function rememberRunning({ dataDir }, url) {
  const path = join(dataDir, "running.json");
  writeFileSync(path, JSON.stringify({ pid: process.pid, url }));
  onStop(async () => rmSync(path, { force: true }));
}

function closingScreen(settings, url) {
  const row = (who, path, account) =>
    `  ${who.padEnd(12)}${dim((url + path).padEnd(url.length + 10))}${account}`.trimEnd();
  const { agent, admin } = accounts(settings);
  const rows = [row("Customers", "/", dim("no sign-in")), row("Agents", "/cs", agent), row("Admins", "/admin", admin)];
  const note = dim(`${closingNote(settings)} Ctrl-C stops it.`);
  return ["", `  Open ${bold(accent(url))}`, "", ...rows, "", `  ${note}`, ""].join("\n");
}

function accounts({ trial }) {
  const { ADMIN_USERNAME, ADMIN_PASSWORD } = process.env;
  if (ADMIN_USERNAME && ADMIN_PASSWORD) return { agent: "", admin: `${ADMIN_USERNAME}, with its ADMIN_PASSWORD` };
  return trial ? { agent: "cs / cs123", admin: "admin / admin123" } : { agent: "", admin: "" };
}

function closingNote({ trial, dataDir }) {
  if (trial) return `A local trial: it answers on this machine only and keeps everything in ${nearby(dataDir)}.`;
  if (process.env.NODE_ENV === "production")
    return "No account yet? npm run db:seed makes the admin of ADMIN_USERNAME.";
  return "No account yet? npm run db:seed adds the demo ones.";
}

function nearby(path) {
  const short = relative(ROOT, path);
  return short.startsWith("..") ? path : short;
}
