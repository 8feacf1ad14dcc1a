import { closedLoop, openLoop } from "./loops.ts";
import { openCrowd, type Crowd, type Place } from "./crowd.ts";

/** What the benchmark asks of the load process, and what it answers. */
export type Job =
  | { job: "connect"; places: Place[]; dialect: "heradesk" | "socketio"; atOnce: number }
  | { job: "closed"; seconds: number }
  | { job: "open"; rate: number; seconds: number }
  | { job: "storm"; patienceMs: number }
  | { job: "disconnect" };

let crowd: Crowd | null = null;

process.on("message", (job: Job) => {
  work(job).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});

async function work(job: Job): Promise<object> {
  if (job.job === "connect") {
    crowd?.close();
    crowd = openCrowd(job.places, job.dialect);
    return crowd.connect(job.atOnce);
  }
  if (!crowd) throw new Error("connect first");
  switch (job.job) {
    case "closed":
      return closedLoop(crowd, job.seconds);
    case "open":
      return openLoop(crowd, job.rate, job.seconds);
    case "storm":
      return crowd.comeBack(job.patienceMs);
    case "disconnect":
      crowd.close();
      crowd = null;
      return {};
  }
}
