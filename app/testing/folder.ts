import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** An empty folder for a test file, gone with it. Ask for it before what writes there: hooks end in reverse. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `heradesk-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
