import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../postgres.mjs";
import { onEnd, undoAll } from "./cleanup.ts";
import { cutCommits } from "./cut-commits.ts";
import { makeInstance, type Instance } from "./instance.ts";
import { startProxy } from "./proxy.ts";
import { pick, type Random } from "./random.ts";

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type Door = "a" | "b" | "any";
export type World = Awaited<ReturnType<typeof startWorld>>;

/** Two instances of the program on a PostgreSQL of their own, which keeps what it says (fsync on). */
export async function startWorld(options: { root: string; random: Random }) {
  const dataDir = join(tmpdir(), `heradesk-faults-${process.pid}-${randomBytes(3).toString("hex")}`);
  onEnd(() => rmSync(dataDir, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir, settings: { max_connections: "120" } });
  onEnd(() => postgres.stop("immediate"));

  const ambiguous = { fraction: 0, cuts: 0 };
  const watchDatabase = cutCommits(options.random, {
    fraction: () => ambiguous.fraction,
    onCut: () => ambiguous.cuts++,
  });
  const instances: Instance[] = [];
  const balancer = await startProxy({ target: () => oneOf(instances, options.random) });
  onEnd(balancer.stop);
  const env = {
    // Where browsers come from; programs bring no origin.
    APP_ORIGIN: `http://127.0.0.1:${balancer.port}`,
    JWT_SECRET: randomBytes(32).toString("hex"),
    NODE_ENV: "test" as const,
    RATE_LIMIT_FACTOR: "0",
    LOG_LEVEL: "warn",
    DATA_DIR: dataDir,
  };
  const make = (name: string) =>
    makeInstance({ name, root: options.root, databaseUrl: postgres.url, env, watchDatabase });
  const [a, b] = [await make("a"), await make("b")];
  instances.push(a, b);
  for (const instance of instances) onEnd(instance.stop);
  await Promise.all(instances.map((instance) => instance.start()));

  const doors = { a: a.front.port, b: b.front.port, any: balancer.port };

  return {
    a,
    b,
    instances,
    postgres,
    balancer,
    ambiguous,
    random: options.random,
    http: (door: Door) => `http://127.0.0.1:${doors[door]}`,
    /** Asks the database itself, whatever is in the way of the program. */
    async query<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
      const client = new pg.Client({ connectionString: postgres.url, application_name: "faults" });
      client.on("error", () => {});
      await client.connect();
      try {
        return (await client.query<T>(text, values)).rows;
      } finally {
        await client.end().catch(() => {});
      }
    },
    stop: undoAll,
    async heal() {
      ambiguous.fraction = 0;
      balancer.thaw();
      await postgres.start();
      await Promise.all(instances.map((instance) => instance.heal()));
    },
  };
}

/** A plain balancer, which knows only who takes connections. */
function oneOf(instances: Instance[], random: Random) {
  const up = instances.filter((instance) => instance.port !== null && !instance.leaving);
  const port = up.length > 0 ? pick(random, up).port : null;
  return port ? { port } : null;
}
