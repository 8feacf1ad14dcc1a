import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

const START_PATIENCE_MS = 30_000;
const STOP_PATIENCE_MS = 15_000;

export interface Program {
  url: string;
  port: number;
  pid: number;
  child: ChildProcess;
  /** Everything it logged so far: for the message of a failing test. */
  log(): string;
  /** SIGTERM, as a deployment stops it; the exit code, 0 when it drained well. */
  stop(): Promise<number | null>;
  /** Any signal; with SIGKILL it waits until the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Runs the built program on a free port until `stop` or `kill`. It also ends with this process, because it ends
 * when its channel to us closes.
 * @throws with its last words when it does not come to listen
 */
export async function startProgram({
  databaseUrl,
  env = {},
}: {
  databaseUrl: string;
  env?: Record<string, string>;
}): Promise<Program> {
  const child = spawn(process.execPath, ["build/index.js"], {
    env: { ...process.env, ...SETTINGS, DATABASE_URL: databaseUrl, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  child.stdout?.on("data", (text) => (output += text));
  child.stderr?.on("data", (text) => (output += text));
  const port = await listening(child).catch((error: Error) => {
    child.kill("SIGKILL");
    throw new Error(`${error.message}\n${output}`);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    child,
    log: () => output,
    stop: () => stop(child),
    kill: (signal = "SIGKILL") => kill(child, signal),
  };
}

const SETTINGS = {
  PORT: "0",
  HOST: "127.0.0.1",
  NODE_ENV: "production" as const,
  LOCAL_TRIAL: "true",
  LOG_LEVEL: "info",
  JWT_SECRET: "only-for-tests-0123456789abcdef0123456789abcdef",
};

function listening(child: ChildProcess) {
  return new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The program does not come to listen.")), START_PATIENCE_MS);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`The program ended (${code ?? signal}) before it listened.`));
    });
    child.on("message", (message: { listening?: { port: number } }) => {
      clearTimeout(timer);
      if (message.listening) resolve(message.listening.port);
    });
  });
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const over = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
  await over;
  clearTimeout(timer);
  return child.exitCode;
}

async function kill(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = signal === "SIGKILL" ? once(child, "exit") : null;
  child.kill(signal);
  await over;
}
