import * as build from "@remix-run/dev/server-build";
import { broadcastDevReady, type ServerBuild } from "@remix-run/node";
import { closeDb } from "~/db.server";
import { migrate } from "~/migrate.server";
import { env, EnvError, startWarnings } from "~/env.server";
import { serve } from "~/http/program.server";
import { moveFiles } from "~/files/move-files.server";
import { sizeText } from "~/files/shapes";
import { storageInUse } from "~/files/storage-in-use.server";
import { log } from "~/log.server";
import { createAdmin } from "~/people/create-admin.server";
import { ensureFirstAdmin, seed } from "~/people/seed.server";
import { refuseSeededPasswords } from "~/people/seeded-passwords.server";

const STOP_LIMIT_MS = 10_000;

try {
  env();
  const [job, name] = process.argv.slice(2);
  if (job === "--migrate" || job === "--seed" || job === "--create-admin") await runJob(job, name);
  else if (job === "--move-files" && (name === "s3" || name === "folder")) await moveAll(name);
  else await run();
} catch (error) {
  // One line each: which thing, what is wrong, what to do. Programs that read our log get JSON elsewhere.
  console.error(error instanceof EnvError ? error.message : whatToDo(error as NodeJS.ErrnoException));
  process.exit(1);
}

async function runJob(job: "--migrate" | "--seed" | "--create-admin", name: string | undefined) {
  const added = await migrate();
  if (job === "--create-admin") {
    console.log(await createAdmin(name, process.env.NEW_PASSWORD ?? null));
    return closeDb();
  }
  console.log(added.length > 0 ? `Applied ${added.join(", ")}` : "The database is up to date");
  if (job === "--seed") console.log(await seed());
  await closeDb();
}

async function moveAll(to: "s3" | "folder") {
  if (to === "s3" && !env().S3_BUCKET) throw new Error("S3_BUCKET: missing; set the S3_ variables to move files there");
  await migrate();
  const { moved, failed } = await moveFiles(to, ({ files, moved, bytes }, problem) => {
    if (problem) console.error(problem);
    else if (moved % 100 === 0 || moved === files) console.log(`${moved} of ${files} files, ${sizeText(bytes)}`);
  });
  console.log(`${moved} moved to the ${to}${failed > 0 ? `, ${failed} could not be: run it again` : ""}`);
  await closeDb();
  if (failed > 0) process.exit(1);
}

async function run() {
  await migrate();
  await ensureFirstAdmin();
  await refuseSeededPasswords();
  const program = await serve(build as unknown as ServerBuild);
  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    log().info({ why }, "stopping");
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    await program.stop();
    await closeDb();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
  // The start script is gone, and with it the database that it brought.
  if (env().LOCAL_TRIAL) process.on("disconnect", () => void stop("the start script ended"));
  process.on("unhandledRejection", (error) => log().error({ error: String(error) }, "a promise failed unheard"));
  for (const warning of startWarnings(env())) log().warn(warning);
  log().info({ port: program.port, host: env().HOST, files: storageInUse() }, "listening");
  process.send?.({ listening: { port: program.port } });
  if (process.env.REMIX_DEV_ORIGIN) broadcastDevReady(build as unknown as ServerBuild);
}

function whatToDo(error: NodeJS.ErrnoException) {
  if (error.code === "EADDRINUSE") return `PORT: ${env().PORT} is taken by another program; set PORT to a free one`;
  if (error.code === "EACCES") return `PORT: this user may not listen on ${env().PORT}; set PORT to one above 1023`;
  if (error.code === "ECONNREFUSED") return "DATABASE_URL: nothing answers there; is PostgreSQL running?";
  if (error.code === "ENOTFOUND") return `DATABASE_URL: there is no host of that name (${error.message})`;
  if (error.code === "28P01" || error.code === "28000") return `DATABASE_URL: ${error.message}`;
  if (error.code === "3D000") return `DATABASE_URL: ${error.message}; create it first`;
  return error.message || String(error);
}
