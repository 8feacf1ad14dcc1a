import { endChild, script, startChild } from "./processes.ts";
import type { Arrival, Return } from "./load/crowd.ts";
import type { Job } from "./load/main.ts";
import type { Figures } from "./load/tally.ts";

export type Load = ReturnType<typeof startLoad>;

type Wanted<J extends Job["job"]> = Omit<Extract<Job, { job: J }>, "job">;

/** The load in a process of its own, one job at a time. */
export function startLoad() {
  const child = startChild(script("load/main"));
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
    /** @throws when a socket does not open, unless told to count them. */
    async connect(job: Wanted<"connect">, { failuresAllowed = false } = {}) {
      const arrival = await ask<Arrival>({ job: "connect", ...job });
      if (arrival.failures === 0 || failuresAllowed) return arrival;
      throw new Error(`${arrival.failures} of ${job.places.length} sockets did not open: ${arrival.reasons.join()}`);
    },
    closed: (job: Wanted<"closed">) => ask<Figures>({ job: "closed", ...job }),
    open: (job: Wanted<"open">) => ask<Figures>({ job: "open", ...job }),
    storm: (patienceMs: number) => ask<Return>({ job: "storm", patienceMs }),
    disconnect: () => ask({ job: "disconnect" }),
    stop: () => endChild(child),
  };
}
