import type { Message } from "../../app/chat/shapes.ts";
import type { Cast } from "./cast.ts";
import type { History, Line } from "./history.ts";
import { shownIn } from "./page.ts";
import { pick } from "./random.ts";
import type { Recorder } from "./recorder.ts";
import type { World } from "./world.ts";

const EVERY_MS = 400;
const PAGE = 200;

/** Now and then, a fresh reader asks for a whole chat over HTTP; at the end that snapshot and the events after it must add up. */
export function takeSamples(world: World, cast: Cast, record: Recorder) {
  const taken: { page: Cast["customers"][number]; snapshot: Line[] }[] = [];
  let busy = false;
  const timer = setInterval(() => void take(), EVERY_MS);

  async function take() {
    if (busy || cast.customers.length === 0) return;
    busy = true;
    const page = pick(world.random, cast.customers);
    // While an instance is down there is nothing to sample.
    const snapshot = await readAll(world, page).catch(() => null);
    if (snapshot) taken.push({ page, snapshot });
    busy = false;
  }

  return {
    stop: () => clearInterval(timer),
    finish(history: History) {
      for (const { page, snapshot } of taken) {
        const k = snapshot.at(-1)?.seq ?? 0;
        // The page may have been loaded anew since.
        const now = cast.customers.find(({ chat }) => chat === page.chat) ?? page;
        const after = now
          .open()
          .flatMap(shownIn)
          .filter((line) => line.seq > k);
        const fresh = history.rows
          .filter((row) => row.chat === page.chat && row.visibility === "all")
          .map(({ visibility: _, ...line }) => line);
        record.samples.push({ chat: page.chat, k, snapshot, after, fresh });
      }
    },
  };
}

/** A customer's whole chat, page by page, as a program reads it. */
export async function readAll(world: World, page: Cast["customers"][number]): Promise<Line[]> {
  const lines: Line[] = [];
  for (;;) {
    const after = lines.at(-1)?.seq ?? 0;
    const response = await fetch(`${world.http("any")}/api/chat/messages?after=${after}`, {
      headers: { authorization: `Bearer ${page.person.token}` },
      signal: AbortSignal.timeout(3_000),
    });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    const { messages } = (await response.json()) as { messages: Message[] };
    for (const m of messages) {
      lines.push({ chat: page.chat, seq: m.seq, side: m.senderType, clientId: m.clientId, text: m.content });
    }
    if (messages.length < PAGE) return lines;
  }
}
