import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project: every command works there, wherever it was called from. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const SOURCES = [
  "app",
  "server.ts",
  "remix.config.js",
  "tailwind.config.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const STAMP = join(ROOT, "build", "stamp.json");

/** Whether node_modules holds what the lockfile names: versions, not dates, because a checkout renews every date. */
export function packagesAreCurrent({ withDev }) {
  const [lock, installed] = [join(ROOT, "package-lock.json"), join(ROOT, "node_modules", ".package-lock.json")];
  if (!existsSync(installed)) return false;
  const have = read(installed).packages;
  return Object.entries(read(lock).packages).every(([path, wanted]) => {
    if (path === "") return true;
    const optional = wanted.optional || wanted.devOptional || wanted.peer || (wanted.dev && !withDev);
    return have[path] ? have[path].version === wanted.version : optional;
  });
}

/** Whether build/ was made by `npm run build` from the sources as they are. */
export function buildIsCurrent() {
  if (!existsSync(STAMP)) return false;
  const { madeAt, program } = read(STAMP);
  return program === fingerprint() && SOURCES.every((source) => newest(join(ROOT, source)) <= madeAt);
}

/** Told apart from what `npm run dev` leaves in the same place. */
export function fingerprint() {
  const path = join(ROOT, "build", "index.js");
  if (!existsSync(path)) return null;
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

export { STAMP };

/** Folders count too: deleting a file changes nothing else. */
function newest(path) {
  if (!existsSync(path) || /\.test\.tsx?$|app[\\/]testing$/.test(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function read(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
