import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes every process started from now on wait `flushMs` longer for each flush. @returns what ends that.
 * @throws when there is no C compiler.
 */
export function slowDisk(folder: string, flushMs: number): () => void {
  mkdirSync(folder, { recursive: true });
  // Read by the user who runs the database, which is not root.
  chmodSync(folder, 0o711);
  const library = join(folder, "slow-disk.so");
  const command = ["-shared", "-fPIC", "-O2", "-o", library, "scripts/bench/slow-disk.c", "-ldl"];
  const { status, stderr } = spawnSync("cc", command, { encoding: "utf8" });
  if (status !== 0) throw new Error(`slow-disk needs a C compiler (cc): ${stderr ?? "there is none"}`);
  chmodSync(library, 0o755);
  process.env.LD_PRELOAD = library;
  process.env.SLOW_DISK_US = String(flushMs * 1_000);
  return () => {
    delete process.env.LD_PRELOAD;
    delete process.env.SLOW_DISK_US;
  };
}
