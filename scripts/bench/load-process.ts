import { endChild, script, startChild } from "./processes.ts";
import type { Job } from "./load.ts";
import type { Figures } from "./loops.ts";

export type Load = ReturnType<typeof startLoad>;

/** The load in a process of its own, one job at a time. */
export function startLoad() {
  const child = startChild(script("load"));
  const dead = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`the load process ended (${code})`)));
  });
  dead.catch(() => {});

  async function ask<T>(job: Job): Promise<T> {
    const answered = new Promise<{ answer?: T; error?: string }>((resolve) => child.once("message", resolve));
    child.send(job);
    const { answer, error } = await Promise.race([answered, dead]);
    if (error !== undefined) throw new Error(error);
    return answer as T;
  }

  return {
    pid: child.pid ?? 0,
    connect: (job: Omit<Extract<Job, { job: "connect" }>, "job">) =>
      ask<{ opened: number; failures: number; ms: number }>({ job: "connect", ...job }),
    closed: (seconds: number) => ask<Figures>({ job: "closed", seconds }),
    open: (rate: number, seconds: number) => ask<Figures>({ job: "open", rate, seconds }),
    storm: (patienceMs: number) =>
      ask<{ dropped: number; back: number; tries: number; ms: number }>({ job: "storm", patienceMs }),
    disconnect: () => ask({ job: "disconnect" }),
    stop: () => endChild(child),
  };
}
