import "./node-version.mjs";
import { text } from "node:stream/consumers";
import { borrowPostgres } from "./postgres.mjs";
import { buildProgram, installPackages } from "./prepare.mjs";
import { ROOT } from "./project.mjs";
import { end, main, onStop, runQuietly } from "./run.mjs";
import { programEnv, readSettings } from "./settings.mjs";

/** npm run create-admin -- NAME [--password-stdin]: the password comes from there or from NEW_PASSWORD; without one, a link to choose it is shown. */
await main(async () => {
  const [username = ""] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const NEW_PASSWORD = process.argv.includes("--password-stdin")
    ? (await text(process.stdin)).replace(/\r?\n$/, "")
    : process.env.NEW_PASSWORD;
  const settings = readSettings();
  await installPackages();
  await buildProgram();
  const env = { ...programEnv(settings, await databaseOf(settings)), ...(NEW_PASSWORD && { NEW_PASSWORD }) };
  const said = await runQuietly(process.execPath, ["build/index.js", "--create-admin", username], { cwd: ROOT, env });
  console.log(said.trim());
  await end(0);
});

async function databaseOf({ trial, dataDir }) {
  if (!trial) return process.env.DATABASE_URL;
  const server = await borrowPostgres({ dataDir });
  onStop(() => server.stop());
  return server.url;
}
