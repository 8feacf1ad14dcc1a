import { z } from "zod";
import { setTimeout as delay } from "node:timers/promises";
import { revokedAmong } from "~/auth/auth-session.server";
import { many, sql } from "~/db.server";
import { log } from "~/log.server";
import { sweepFound } from "~/metrics.server";
import type { Connections } from "./connections.server";
import type { Hub } from "./hub.server";

/** Short enough for an ended sign-in to lose its sockets within 5 s although the news of it was lost. */
const MIN_GAP_MS = 2_500;
const JITTER_MS = 1_000;
/** The rest is looked at half as often. */
const ROUNDS_BETWEEN_CHATS = 2;
/** News of a fresh commit may still be on its way: only what is missing after this counts as lost. */
const IN_FLIGHT_MS = 500;

const headRow = z.object({ id: z.string(), last_seq: z.number() });

/** Looks again at everything that a lost notification could have left behind. It should never find anything. */
export function startSweep(hub: Hub, connections: Connections, lookAgain: () => void) {
  const stopping = new AbortController();
  const run = (async () => {
    for (let round = 1; !stopping.signal.aborted; round++) {
      try {
        await delay(MIN_GAP_MS + Math.random() * JITTER_MS, undefined, { signal: stopping.signal });
        connections.revoke(await revokedAmong(signIns(connections)));
        if (round % ROUNDS_BETWEEN_CHATS !== 0) continue;
        await sweepChats(hub, stopping.signal);
        lookAgain();
      } catch (error) {
        if (!stopping.signal.aborted) log().warn({ error: String(error) }, "the sweep failed");
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await run;
    },
  };
}

async function sweepChats(hub: Hub, signal: AbortSignal) {
  const ids = [...hub.heads().keys()];
  if (ids.length === 0) return;
  const stored = await many(headRow, sql`select id, last_seq from chat_sessions where id = any (${ids}::uuid[])`);
  const ahead = () => {
    const heads = hub.heads();
    return stored.filter((s) => s.last_seq > (heads.get(s.id) ?? s.last_seq));
  };
  if (ahead().length === 0) return;
  await delay(IN_FLIGHT_MS, undefined, { signal });
  const lost = ahead();
  sweepFound.inc(lost.length);
  hub.wake(lost.map((s) => [s.id, s.last_seq]));
}

function signIns(connections: Connections) {
  return [...connections].flatMap((c) => (c.actor?.kind === "staff" ? [c.actor] : []));
}
