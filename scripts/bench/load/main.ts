import { openCrowd, type Crowd } from "./crowd.ts";
import type { DialectName } from "./dialects.ts";
import { closedLoop, openLoop } from "./loops.ts";
import type { Place } from "./seat.ts";

/** What the benchmark asks of the load process; it answers each with { answer } or { error }. */
export type Job =
  | { job: "connect"; places: Place[]; dialect: DialectName; atOnce: number }
  | { job: "closed"; customers: number; seconds: number }
  | { job: "open"; customers: number; perSecond: number; seconds: number }
  | { job: "storm"; patienceMs: number }
  | { job: "disconnect" };

let crowd: Crowd | null = null;

process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
process.on("message", (job: Job) => {
  work(job).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});

async function work(job: Job): Promise<object> {
  if (job.job === "connect") {
    crowd ??= openCrowd(job.dialect);
    return crowd.connect(job.places, job.atOnce);
  }
  if (!crowd) throw new Error("connect first");
  switch (job.job) {
    case "closed":
      return closedLoop(crowd, job.customers, job.seconds);
    case "open":
      return openLoop(crowd, job.customers, job.perSecond, job.seconds);
    case "storm":
      return crowd.comeBack(job.patienceMs);
    case "disconnect":
      crowd.close();
      crowd = null;
      return {};
  }
}
