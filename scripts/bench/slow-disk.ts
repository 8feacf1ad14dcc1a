import { undoAll } from "../faults/cleanup.ts";
import { contestants } from "./contestants.ts";
import { FEW } from "./course.ts";
import { startDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { measure, withStand, type Measured } from "./measures.ts";
import { ms, table, whole } from "./table.ts";

const RATE = 3_000;
const ADDED_FLUSH_MS = 2;

/** On a disk where each flush takes 2 ms longer, HeraDesk beside one INSERT for each message. */
export async function benchSlowDisk(seconds: number) {
  const database = await startDatabase({ flushMs: ADDED_FLUSH_MS });
  const results: { key: string; name: string; figures: Measured }[] = [];
  for (const contestant of contestants.filter(({ key }) => key === "b" || key === "c")) {
    const figures = await withStand(database, contestant, FEW, (load, stand) =>
      measure(database, stand, load, () => load.open({ customers: FEW, perSecond: RATE, seconds })),
    );
    results.push({ key: contestant.key, name: contestant.name, figures });
  }
  await undoAll();
  const head = [
    `ms at ${whole(RATE)}/s, flushes ${ADDED_FLUSH_MS} ms slower`,
    "",
    "acked/s",
    "ack p50",
    "p99",
    "agent p99",
    "unanswered",
    "lost",
  ];
  const rows = results.map(({ key, name, figures: f }) => {
    return [
      `(${key})`,
      name,
      whole(f.perSecond),
      ms(f.ack.p50),
      ms(f.ack.p99),
      ms(f.toAgent.p99),
      f.unanswered,
      f.lost,
    ];
  });
  console.log(`\n${table(head, rows)}`);
  const flushes = (results.find(({ key }) => key === "c")?.figures.ack.p99 ?? NaN) / ADDED_FLUSH_MS;
  return { results, goals: [goal(`ack p99 at ${whole(RATE)}/s on a slow disk, in flushes`, flushes, { most: 5 })] };
}
