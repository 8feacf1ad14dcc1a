import { execFile } from "node:child_process";
import { accessSync, existsSync } from "node:fs";
import { access, chmod, constants, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/**
 * Unpacks @sparticuz/chromium once for each version of it, into .cache/ or, where that cannot be written, into the
 * temporary folder. The package itself would share one folder between all users and unpack into it while others look.
 */
export async function unpackChromium() {
  const { version } = JSON.parse(await readFile(join(packageFolder(), "package.json"), "utf8"));
  const folder = unpackedAlready(version) ?? join(await cacheFolder(), `chromium-${version}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return {
    executablePath: join(folder, "chromium"),
    libraries: join(folder, "al2023", "lib"),
    fonts: join(folder, "fonts.conf"),
  };
}

function packageFolder() {
  // …/build/cjs/index.cjs or its like, three folders down
  return dirname(dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium"))));
}

const PROJECT_CACHE = join(process.cwd(), ".cache");
const OWN_CACHE = join(tmpdir(), `heradesk-cache-${userInfo().uid}`);

function unpackedAlready(version: string) {
  for (const cache of [PROJECT_CACHE, OWN_CACHE]) {
    const folder = join(cache, `chromium-${version}`);
    if (isRunnable(join(folder, "chromium"))) return folder;
  }
  return null;
}

function isRunnable(path: string) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function cacheFolder() {
  try {
    await mkdir(PROJECT_CACHE, { recursive: true });
    await access(PROJECT_CACHE, constants.W_OK);
    return PROJECT_CACHE;
  } catch {
    await mkdir(OWN_CACHE, { recursive: true, mode: 0o700 });
    return OWN_CACHE;
  }
}

/** Complete or not there: several test files may ask at the same time. */
async function unpackInto(folder: string) {
  const unfinished = await mkdtemp(`${folder}.`);
  await inflate(unfinished);
  for (const path of [unfinished, join(unfinished, "chromium")]) await chmod(path, 0o755); // for every user of the project
  await writeFile(join(unfinished, "fonts.conf"), fontsConfig(join(folder, "fonts")));
  try {
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

/** In a process of its own, which can be told where the temporary folder is, and that all libraries are wanted. */
async function inflate(folder: string) {
  const script = 'import("@sparticuz/chromium").then((chromium) => chromium.default.executablePath())';
  const env = { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" };
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { env });
}

function fontsConfig(brought: string) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${brought}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${brought}-cache</cachedir>
</fontconfig>
`;
}
