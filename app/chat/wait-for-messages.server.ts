import type { Actor } from "~/auth/actor";
import { RateLimited } from "./errors";
import { heard } from "./publish.server";
import { messagesAfter } from "./read-log.server";
import type { MessageRow } from "./message-row.server";
import type { Message } from "./shapes";
import type { News } from "./news";

/** A notification may be lost: look anyway, this often. */
const LOOK_INTERVAL_MS = 5_000;
export const MAX_WAIT_SECONDS = 30;
/** Of one person in one chat: several tabs, of which each waits once. More are somebody's program gone wrong. */
const MOST_AT_ONCE = 8;
const SLOW_DOWN_S = 5;
const waiting = new Map<string, number>();

/**
 * For clients whose sockets are blocked: what comes after a seq, at once when there is something, otherwise as soon as
 * there is, otherwise nothing after `seconds`. @throws NotFound, RateLimited
 */
export async function waitForMessages(
  actor: Actor,
  sessionId: string,
  after: number,
  seconds: number,
  gone: AbortSignal,
): Promise<Message[]> {
  const who = `${actor.kind === "staff" ? actor.userId : actor.visitorId} ${sessionId}`;
  const others = waiting.get(who) ?? 0;
  if (others >= MOST_AT_ONCE) throw new RateLimited(SLOW_DOWN_S);
  waiting.set(who, others + 1);
  try {
    return await wait(actor, sessionId, after, Date.now() + Math.min(seconds, MAX_WAIT_SECONDS) * 1000, gone);
  } finally {
    const left = (waiting.get(who) ?? 1) - 1;
    if (left > 0) waiting.set(who, left);
    else waiting.delete(who);
  }
}

async function wait(actor: Actor, sessionId: string, after: number, deadline: number, gone: AbortSignal) {
  for (;;) {
    const changed = nextChange(sessionId, gone);
    try {
      const found = await messagesAfter(actor, sessionId, after);
      const left = deadline - Date.now();
      if (found.length > 0 || left <= 0 || gone.aborted) return found;
      await changed.within(Math.min(left, LOOK_INTERVAL_MS));
    } finally {
      changed.stop();
    }
  }
}

/** Listens from now on, so that what is committed while we read is not missed. */
function nextChange(sessionId: string, gone: AbortSignal) {
  let wake = () => {};
  const changed = new Promise<void>((resolve) => (wake = resolve));
  const onRows = (rows: MessageRow[]) => rows.some((r) => r.session_id === sessionId) && wake();
  const onNews = (news: News) => news.chats.has(sessionId) && wake();
  heard.on("rows", onRows);
  heard.on("news", onNews);
  gone.addEventListener("abort", wake);
  let timer: NodeJS.Timeout;
  return {
    within: (ms: number) => Promise.race([changed, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]),
    stop() {
      clearTimeout(timer);
      heard.off("rows", onRows);
      heard.off("news", onNews);
      gone.removeEventListener("abort", wake);
    },
  };
}
