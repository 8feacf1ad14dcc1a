import { undoAll } from "../faults/cleanup.ts";
import { heradesk } from "./contestants.ts";
import { startDatabase } from "./database.ts";
import { heradeskEnv } from "./heradesk.ts";
import { startLoad } from "./load-process.ts";
import { startServer } from "./processes.ts";
import { startProxy } from "../faults/proxy.ts";
import { whole } from "./table.ts";

const PATIENCE_MS = 60_000;

/** The program is killed with everybody connected and starts again: until the last one is back. */
export async function runStorm(sockets: number) {
  const database = await startDatabase();
  const url = await database.empty("bench_storm");
  const stand = await heradesk(url, sockets, 1);
  let port = stand.programs[0]?.port ?? 0;
  const door = await startProxy({ target: () => (port ? { port } : null) });
  const places = stand.places
    .filter((place) => place.chat !== null)
    .map((place) => ({ ...place, url: place.url.replace(/:\d+/, `:${door.port}`) }));
  const load = startLoad();
  await load.connect({ places, dialect: stand.dialect, atOnce: 100 });
  const storm = load.storm(PATIENCE_MS);
  port = 0;
  stand.programs[0]?.child.kill("SIGKILL");
  const again = await startServer(["build/index.js"], heradeskEnv(url));
  port = again.port;
  const { dropped, back, tries, ms } = await storm;
  console.log(
    `\nreconnect storm: ${whole(dropped)} thrown out, ${whole(back)} back after ${(ms / 1_000).toFixed(1)} s, ${whole(tries)} tries`,
  );
  await load.stop();
  await door.stop();
  await undoAll();
  return { dropped, back, tries, ms };
}
