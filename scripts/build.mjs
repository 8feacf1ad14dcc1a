import "./node-version.mjs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { fingerprint, ROOT, STAMP } from "./project.mjs";
import { capture, main } from "./run.mjs";
import { StartError } from "./start-error.mjs";

const TEXT = /\.(js|css|svg|json|map|txt)$/;
const SMALLEST_WORTH_IT_BYTES = 1024;

await main(async () => {
  const madeAt = Date.now(); // the beginning: what is saved during the build is newer than it
  await rm(STAMP, { force: true });
  await bundle();
  await compressAssets(join(ROOT, "public", "build"));
  await writeFile(STAMP, JSON.stringify({ madeAt, program: fingerprint() }));
});

async function bundle() {
  const cli = join(ROOT, "node_modules", "@remix-run", "dev", "dist", "cli.js");
  const env = { ...process.env, NODE_ENV: "production", NO_COLOR: "1" };
  const { code, output } = await capture(process.execPath, [cli, "build"], { cwd: ROOT, env });
  if (code !== 0) throw new StartError(`The build failed:\n${output.trim()}`);
}

/** Writes .br and .gz beside every file of text that gets smaller by it, so that serving costs no compression. */
async function compressAssets(folder) {
  const files = await readdir(folder, { recursive: true });
  await Promise.all(files.filter((name) => TEXT.test(name)).map((name) => compressOne(join(folder, name))));
}

async function compressOne(path) {
  const plain = await readFile(path);
  if (plain.length < SMALLEST_WORTH_IT_BYTES) return;
  const quality = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(plain, quality));
  await writeFile(`${path}.gz`, await promisify(gzip)(plain, { level: 9 }));
}
