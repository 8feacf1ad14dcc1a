import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readNote, writeNote } from "./postgres-note.mjs";
import { ROOT } from "./project.mjs";
import { runQuietly } from "./run.mjs";
import { step } from "./screen.mjs";

/** Adds the demo accounts and replies to the database of the local trial, once for each version of them. `prepare` runs before, when needed. */
export async function seedOnce({ dataDir }, env, prepare) {
  const version = seedVersion();
  if (readNote(dataDir).seeded === version) return;
  await prepare?.();
  await step("Demo data", "adding accounts and replies", async () => {
    await runQuietly(process.execPath, ["build/index.js", "--seed"], { cwd: ROOT, env });
    writeNote(dataDir, { seeded: version });
    return "accounts and canned replies are there";
  });
}

const SEED_SOURCES = [join(ROOT, "app", "people", "seed.server.ts")];

function seedVersion() {
  const hash = createHash("sha256").update(process.env.ADMIN_USERNAME ?? "");
  for (const source of SEED_SOURCES) hash.update(existsSync(source) ? readFileSync(source) : "");
  return hash.digest("hex").slice(0, 16);
}
