import "./node-version.mjs";
import { spawn } from "node:child_process";
import { borrowPostgres } from "./postgres.mjs";
import { buildProgram, installPackages } from "./prepare.mjs";
import { ROOT } from "./project.mjs";
import { end, main, onStop } from "./run.mjs";
import { programEnv, readSettings } from "./settings.mjs";
import { StartError } from "./start-error.mjs";

await main(async () => {
  const to = process.argv[2];
  if (to !== "s3" && to !== "folder")
    throw new StartError("Say where the files go: npm run storage:move -- s3, or folder.");
  const settings = readSettings();
  await installPackages();
  await buildProgram();
  const url = settings.trial ? await localDatabase(settings) : process.env.DATABASE_URL;
  const child = spawn(process.execPath, ["build/index.js", "--move-files", to], {
    cwd: ROOT,
    env: programEnv(settings, url),
    stdio: "inherit",
  });
  onStop(() => void child.kill());
  const code = await new Promise((done) => child.once("exit", done));
  await end(code ?? 1);
});

async function localDatabase({ dataDir }) {
  const server = await borrowPostgres({ dataDir });
  onStop(() => server.stop());
  return server.url;
}
