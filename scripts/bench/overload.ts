import { undoAll } from "../faults/cleanup.ts";
import { contestants } from "./contestants.ts";
import { MANY } from "./course.ts";
import { startDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { withStand } from "./measures.ts";
import { ms, table, whole } from "./table.ts";

const TIMES = 2;
/** Short enough that nobody has reached for the button a second time. */
const STILL_QUICK_MS = 1_000;

/** Twice the rate that one instance can carry: what it refuses, how, and what becomes of what it accepts. */
export async function benchOverload(seconds: number) {
  const database = await startDatabase();
  const [heradesk] = contestants.filter(({ key }) => key === "c");
  if (!heradesk) throw new Error("HeraDesk does not take part");
  const { carried, flooded } = await withStand(database, heradesk, MANY, async (load) => {
    const carried = await load.closed({ customers: MANY, seconds });
    const perSecond = Math.round(carried.perSecond) * TIMES;
    return { carried, flooded: await load.open({ customers: MANY, perSecond, seconds }) };
  });
  await undoAll();
  const { sent, acked, refused, unanswered, lost, twice, ack } = flooded;
  console.log(
    `\n${table(
      ["overload", "sent/s", "accepted/s", "refused/s", "ack p50 ms", "p99", "unanswered", "lost", "twice"],
      [
        [
          "what it carries",
          "",
          whole(carried.perSecond),
          "",
          ms(carried.ack.p50),
          ms(carried.ack.p99),
          "",
          carried.lost,
          0,
        ],
        [
          `${TIMES} times that`,
          whole(sent / (flooded.seconds + 1.5)),
          whole(flooded.perSecond),
          whole((refused / sent) * (sent / (flooded.seconds + 1.5))),
          ms(ack.p50),
          ms(ack.p99),
          unanswered,
          lost,
          twice,
        ],
      ],
    )}`,
  );
  const goals = [
    goal("overload: share of sends that get an answer", (acked + refused) / sent, { least: 1 }),
    goal("overload: sends refused", refused, { least: 1 }),
    goal("overload: ack p99 of what was accepted, in seconds", ack.p99 / STILL_QUICK_MS, { most: 1 }),
    goal("overload: accepted ÷ carried", flooded.perSecond / carried.perSecond, { least: 0.5 }),
    goal("overload: acknowledged and lost", lost, { most: 0 }),
  ];
  return { carried, flooded, goals };
}
