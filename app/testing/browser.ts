import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { chromium } from "playwright-core";
import { unpackChromium } from "./unpack-chromium";

const ARGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chrome refuses its sandbox to root, and a machine that forbids user namespaces has none to give. */
const NO_SANDBOX = ["--no-sandbox", "--no-zygote"];

/**
 * A headless browser with a fresh profile; the caller closes it. It is, in this order: the one at CHROME_PATH,
 * the Chromium that npm brought, a Chrome of the machine.
 */
export async function launchBrowser() {
  const { executablePath, env } = await findBrowser();
  return chromium.launch({ executablePath, args: [...ARGS, ...NO_SANDBOX], env: { ...process.env, ...env } });
}

/** The browser and the variables that it needs. */
export async function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) return { executablePath: chosen, env: {} };
  const brought = await broughtByNpm();
  if (brought) return brought;
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed) return { executablePath: installed, env: {} };
  throw new Error("No browser runs on this machine: set CHROME_PATH to a Chrome or Chromium.");
}

const INSTALLED = [
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** On a machine without its shared libraries it runs with those that were packed beside it. */
async function broughtByNpm() {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const { executablePath, libraries, fonts } = await unpackChromium();
  const plain = { FONTCONFIG_FILE: fonts };
  const LD_LIBRARY_PATH = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  for (const env of [plain, { ...plain, LD_LIBRARY_PATH }]) {
    const tried = spawnSync(executablePath, ["--version"], { env: { ...process.env, ...env } });
    if (tried.status === 0) return { executablePath, env };
  }
  return null;
}
