import { undoAll } from "../faults/cleanup.ts";
import { heradesk, PROGRAM } from "./contestants.ts";
import { startDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { startLoad } from "./load-process.ts";
import { startServer } from "./processes.ts";
import { whole } from "./table.ts";

const PATIENCE_MS = 90_000;
const CHATS_PER_AGENT = 100;

/** The program is killed with everybody connected, and starts again: until the last one has resumed. */
export async function benchStorm(sockets: number) {
  const database = await startDatabase();
  const stand = await heradesk(await database.empty("bench_storm"), sockets, 1, { chatsPerAgent: CHATS_PER_AGENT });
  const [program] = stand.programs;
  if (!program) throw new Error("no program to kill");
  const load = startLoad();
  await load.connect({ places: [...stand.agents, ...stand.customers], dialect: stand.dialect, atOnce: 50 });
  const storm = load.storm(PATIENCE_MS);
  const killedAt = performance.now();
  program.child.kill("SIGKILL");
  await program.stop();
  await startServer([PROGRAM], { ...stand.env, PORT: String(program.port) });
  const downMs = performance.now() - killedAt;
  const { dropped, back, tries, p50Ms, lastMs } = await storm;
  await undoAll();
  console.log(
    `\nstorm: ${whole(dropped)} sockets thrown out by a kill, the program down for ${(downMs / 1_000).toFixed(1)} s, ` +
      `${whole(back)} resumed; half of them after ${(p50Ms / 1_000).toFixed(1)} s, the last after ${(lastMs / 1_000).toFixed(1)} s; ${whole(tries)} tries`,
  );
  const goals = [goal("sockets that did not come back from the storm", dropped - back, { most: 0 })];
  return { sockets, dropped, back, tries, downMs, p50Ms, lastMs, goals };
}
