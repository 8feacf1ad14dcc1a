import "./node-version.mjs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkPort, refuseSecondStart } from "./before-start.mjs";
import { startPostgres } from "./postgres.mjs";
import { buildProgram, installPackages } from "./prepare.mjs";
import { ROOT } from "./project.mjs";
import { fail, main, onStop } from "./run.mjs";
import { accent, bold, step } from "./screen.mjs";
import { seedOnce } from "./seed-once.mjs";
import { programEnv, readSettings } from "./settings.mjs";
import { StartError } from "./start-error.mjs";

await main(async () => {
  const settings = readSettings();
  refuseSecondStart(settings);
  await checkPort(settings);
  await installPackages();
  const databaseUrl = settings.trial ? await startDatabase(settings) : process.env.DATABASE_URL;
  const env = { ...programEnv(settings, databaseUrl), NODE_ENV: "development", PORT: String(settings.port) };
  if (settings.trial) await seedOnce(settings, env, buildProgram);
  console.log(
    `\n  Open ${bold(accent(`http://${settings.host}:${settings.port}`))}, which follows every save. Ctrl-C stops it.\n`,
  );
  rebuildOnSave(env);
});

async function startDatabase({ dataDir }) {
  let server;
  await step("Database", "starting PostgreSQL", async () => {
    const starting = startPostgres({ dataDir, onExit: fail });
    onStop(() =>
      starting.then(
        (started) => started.stop(),
        () => {},
      ),
    );
    server = await starting;
    return "PostgreSQL is up";
  });
  return server.url;
}

/** Remix builds at each save, starts the program anew and reloads the page. */
function rebuildOnSave(env) {
  const cli = join(ROOT, "node_modules", "@remix-run", "dev", "dist", "cli.js");
  const args = [cli, "dev", "--command", "node build/index.js"];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const over = new Promise((done) => child.once("exit", done));
  over.then((code) => fail(new StartError(`remix dev ended (${code}).`)));
  onStop(async () => {
    stopGroup(child.pid, "SIGTERM");
    const timer = setTimeout(() => stopGroup(child.pid, "SIGKILL"), 5_000);
    await over;
    clearTimeout(timer);
  });
}

/** With the program that remix dev started. */
function stopGroup(pid, signal) {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // all of it is gone
  }
}
