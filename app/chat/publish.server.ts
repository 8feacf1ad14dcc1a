import { EventEmitter } from "node:events";
import { randomUUID } from "node:crypto";
import { db, type Db } from "~/db.server";
import { lines } from "~/message-path.server";
import type { MessageRow } from "./message-row.server";
import { HeldNews } from "./held-news";
import { emptyNews, hasNews, hello, mergeNews, packWakeUps, type News } from "./news";
import { peers } from "./peers.server";

/** What listeners in this process hear, whichever instance the news comes from. */
interface Heard {
  /** Rows committed by this process: whole, no need to read them. */
  rows: [MessageRow[]];
  /** News that carries no work, only what to look at. */
  news: [News];
}

export const heard = new EventEmitter<Heard>().setMaxListeners(0);
export const INSTANCE_ID = randomUUID();
export const CHANNEL = "heradesk";

const RETRY_MS = 500;

let pending = emptyNews();
const held = new HeldNews();
let sending: Promise<void> | null = null;

/** Rows that are committed: this instance's sockets get them at once, the other instances a wake-up. */
export function publishRows(rows: MessageRow[]) {
  if (rows.length === 0) return;
  heard.emit("rows", rows);
  for (const row of rows) pending.chats.set(row.session_id, Math.max(row.seq, pending.chats.get(row.session_id) ?? 0));
  flush();
}

/** Anything else that others should look at, after its commit. */
export function publish(news: Partial<News>) {
  heard.emit("news", { ...emptyNews(), ...news });
  mergeNews(pending, news);
  flush();
}

function flush() {
  sending ??= sendAll();
}

export async function publisherIdle() {
  while (sending) await sending;
}

/**
 * Another instance was heard. One that has only just come gets what was held back, beside what it reads by itself; also
 * when it came while this one could not hear.
 */
export function heardPeer() {
  peers.heard();
  mergeNews(pending, held.take());
  flush();
}

/** Tells the others that this instance is there. @param asks whether they should say the same. */
export const sayHello = ({ asks }: { asks: boolean }) => notify([hello(INSTANCE_ID, asks)], db()).catch(() => {});

/**
 * One NOTIFY statement in flight, of its own and never inside the writing transaction: there it would hold a
 * cluster-wide lock over the disk flush. What comes meanwhile goes with the next one. An instance that is alone tells
 * nobody: at a message at a time, a notification costs half of what the message does.
 */
async function sendAll() {
  await Promise.resolve();
  while (hasNews(pending)) {
    const sent = pending;
    pending = emptyNews();
    if (peers.none()) {
      held.keep(sent);
      continue;
    }
    try {
      await notify(packWakeUps(INSTANCE_ID, sent), lines.publisher);
    } catch {
      // Signals are worth nothing later; the rest is kept until the database is back.
      mergeNews(pending, { ...sent, signals: [] });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
    }
  }
  sending = null;
}

const notify = (payloads: string[], on: Db) =>
  on.query({
    name: "notify",
    text: "select pg_notify($1, payload) from unnest($2::text[]) payload",
    values: [CHANNEL, payloads],
  });
