import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Goal } from "./goals.ts";

const COURSE = [
  "node_modules/vite-node/vite-node.mjs",
  "--config=scripts/vitest.config.ts",
  "scripts/bench/login-course.ts",
];

/** In a process of its own: it uses the program's own modules, by their names. */
export async function benchLogin(): Promise<{ ended: number | null; goals: Goal[] }> {
  const [ended] = (await once(spawn(process.execPath, COURSE, { stdio: "inherit" }), "exit")) as [number | null];
  if (ended !== 0) throw new Error("login: the course did not end well");
  return { ended, goals: [] };
}
