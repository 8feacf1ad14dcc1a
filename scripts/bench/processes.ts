import { spawn, type ChildProcess } from "node:child_process";
import { onEnd } from "../faults/cleanup.ts";

const START_PATIENCE_MS = 30_000;
const STOP_PATIENCE_MS = 12_000;
const VITE_NODE = "node_modules/vite-node/vite-node.mjs";

export interface Running {
  pid: number;
  port: number;
  child: ChildProcess;
  stop(): Promise<void>;
}

/** A server in a process of its own, which says where it listens. */
export async function startServer(command: string[], env: Record<string, string>): Promise<Running> {
  const child = startChild(command, { HOST: "127.0.0.1", PORT: "0", ...env });
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${command.join(" ")} does not start`)), START_PATIENCE_MS);
    child.on("message", (message: { listening?: { port: number } }) => {
      if (!message.listening) return;
      clearTimeout(late);
      resolve(message.listening.port);
    });
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`${command.join(" ")} ended at its start (${code})`));
    });
  });
  return { pid: child.pid ?? 0, port, child, stop: () => endChild(child) };
}

/** A script of this folder. */
export const script = (name: string) => [VITE_NODE, `scripts/bench/${name}.ts`];

/** With a channel to talk over; ends with us, however we end. */
export function startChild(command: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, command, {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env } as NodeJS.ProcessEnv,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  onEnd(() => endChild(child));
  return child;
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
  await over;
  clearTimeout(insist);
}
