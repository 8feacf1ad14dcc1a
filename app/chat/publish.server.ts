import { EventEmitter } from "node:events";
import { randomUUID } from "node:crypto";
import { messagePath } from "~/db.server";
import type { MessageRow } from "./message-row.server";
import { packWakeUps, emptyNews, type News } from "./news";

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
  merge(news);
  flush();
}

function merge(news: Partial<News>) {
  news.chats?.forEach((seq, id) => pending.chats.set(id, Math.max(seq, pending.chats.get(id) ?? 0)));
  news.agents?.forEach((id) => pending.agents.add(id));
  news.revoked?.forEach((sid) => pending.revoked.add(sid));
  news.signals?.forEach((signal) => pending.signals.push(signal));
  pending.queue ||= news.queue ?? false;
  pending.settings ||= news.settings ?? false;
}

function flush() {
  sending ??= sendAll();
}

export async function publisherIdle() {
  while (sending) await sending;
}

/**
 * One NOTIFY statement in flight, of its own and never inside the writing transaction: there it would hold a
 * cluster-wide lock over the disk flush. What comes meanwhile goes with the next one.
 */
async function sendAll() {
  await Promise.resolve();
  while (hasNews()) {
    const sent = pending;
    pending = emptyNews();
    try {
      await messagePath.query({
        name: "notify",
        text: "select pg_notify($1, payload) from unnest($2::text[]) payload",
        values: [CHANNEL, packWakeUps(INSTANCE_ID, sent)],
      });
    } catch {
      // Signals are worth nothing later; the rest is kept until the database is back.
      merge({ ...sent, signals: [] });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
    }
  }
  sending = null;
}

function hasNews() {
  const p = pending;
  return p.chats.size + p.agents.size + p.revoked.size + p.signals.length > 0 || p.queue || p.settings;
}
