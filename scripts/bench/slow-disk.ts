import { undoAll } from "../faults/cleanup.ts";
import { contestants } from "./contestants.ts";
import { SLOW_FLUSH_MS, startDatabase } from "./database.ts";
import { measure, withStand } from "./measures.ts";
import { ms, table, whole } from "./table.ts";

const RATE = 3_000;

/** PostgreSQL on a disk where each flush takes 2 ms longer. */
export async function runSlowDisk(seconds: number) {
  const database = await startDatabase({ slowDisk: true });
  const results = [];
  for (const contestant of contestants.filter(({ key }) => key === "b" || key === "c")) {
    const figures = await withStand(database, contestant, 50, (load, stand) =>
      measure(database, stand, () => load.open(RATE, seconds)),
    );
    results.push({ key: contestant.key, name: contestant.name, figures });
  }
  await undoAll();
  const head = ["", "", `at ${whole(RATE)}/s: acked`, "ack p50", "p99", "seen p99", "lost"];
  const rows = results.map(({ key, name, figures: f }) => [
    `(${key})`,
    name,
    `${whole(f.perSecond)}/s`,
    ms(f.ack.p50),
    ms(f.ack.p99),
    ms(f.seenBy.p99),
    f.lost,
  ]);
  console.log(`\n${table(head, rows)}`);
  const flushes = (results.find(({ key }) => key === "c")?.figures.ack.p99 ?? NaN) / SLOW_FLUSH_MS;
  console.log(`HeraDesk's p99 is ${flushes.toFixed(1)} flushes of ${SLOW_FLUSH_MS} ms (wanted ≤ 5)`);
  return { results, flushes };
}
