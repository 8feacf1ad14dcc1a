import type { MessageRow } from "~/chat/message-row.server";
import { deliverySeconds } from "~/metrics.server";
import { PAGE_SIZE, rowsAfter, type Wanted } from "~/chat/read-log.server";

/** One socket that follows one chat. */
export interface Follower {
  /** The last seq that this socket was given, or that is not for its eyes. */
  cursor: number;
  /** Still needs a read to know what it missed. */
  behind: boolean;
  /** Its buffer is full: only the cursor stays, until it drains. */
  paused: boolean;
  /** Gets each row once, in order of seq. @returns false when the socket's buffer is full. */
  deliver(row: MessageRow): boolean;
  /** It was behind, and has everything up to this seq. */
  caughtUp?(seq: number): void;
}

/** A read, and the head as it was when we asked. */
interface Asked extends Wanted {
  head: number;
}

interface Topic {
  /** The newest seq that we have heard of. */
  head: number;
  followers: Set<Follower>;
}

const READ_RETRY_MS = 500;

/**
 * Gives every follower of a chat each row exactly once and in order, wherever it was written. There is one rule: a row is
 * delivered when its seq is the follower's cursor + 1; anything else is read from the database. Rows that this process
 * committed come whole; news from elsewhere only raises the head, and what lies between is read, for all chats at once.
 */
export class Hub {
  private topics = new Map<string, Topic>();
  private dirty = new Set<string>();
  private reading: Promise<void> | null = null;

  /** Registers first, then reads what is missing: nothing can fall between the two. @returns the way out. */
  follow(chatId: string, follower: Follower): () => void {
    const topic = this.topics.get(chatId) ?? { head: 0, followers: new Set<Follower>() };
    this.topics.set(chatId, topic);
    topic.followers.add(follower);
    if (follower.behind) this.read(chatId);
    return () => {
      topic.followers.delete(follower);
      if (topic.followers.size === 0 && this.topics.get(chatId) === topic) this.topics.delete(chatId);
    };
  }

  followers(chatId: string): Iterable<Follower> {
    return this.topics.get(chatId)?.followers ?? [];
  }

  /** Rows committed by this process. */
  rows(rows: MessageRow[]) {
    for (const row of rows) {
      const topic = this.topics.get(row.session_id);
      if (!topic) continue;
      topic.head = Math.max(topic.head, row.seq);
      if (!this.give(topic, row)) this.read(row.session_id);
    }
  }

  /** Chat id -> newest seq, as another instance or the sweep tells it. */
  wake(chats: Iterable<[string, number]>) {
    for (const [chatId, seq] of chats) {
      const topic = this.topics.get(chatId);
      if (!topic) continue;
      topic.head = Math.max(topic.head, seq);
      if (this.lag(topic) !== null) this.read(chatId);
    }
  }

  /** A follower that was paused, or that asks again from an earlier cursor. */
  read(chatId: string) {
    this.dirty.add(chatId);
    this.reading ??= this.readAll();
  }

  /**
   * Chat id -> newest seq heard of: what the sweep compares with the database. A chat that is being read anyway is left
   * out: what somebody has not been given yet is not lost.
   */
  heads(): Map<string, number> {
    const quiet = [...this.topics].filter(([, { followers }]) => ![...followers].some((f) => f.behind && !f.paused));
    return new Map(quiet.map(([id, t]) => [id, Math.max(t.head, ...[...t.followers].map((f) => f.cursor))]));
  }

  /** Everything again, after a time of not hearing. */
  catchUpAll() {
    for (const [chatId, topic] of this.topics) {
      for (const follower of topic.followers) follower.behind = true;
      this.read(chatId);
    }
  }

  /** @returns false when somebody lacks an earlier row. */
  private give(topic: Topic, row: MessageRow): boolean {
    let complete = true;
    for (const follower of topic.followers) {
      if (follower.paused || row.seq <= follower.cursor) continue;
      if (follower.behind || row.seq !== follower.cursor + 1) complete = false;
      else this.deliver(follower, row);
    }
    return complete;
  }

  private deliver(follower: Follower, row: MessageRow) {
    follower.cursor = row.seq;
    if (!follower.behind) deliverySeconds.observe(Math.max(0, Date.now() - row.created_at.getTime()) / 1000);
    if (!follower.deliver(row)) follower.paused = true;
  }

  /** The smallest cursor of those who need a read; null when nobody does. */
  private lag(topic: Topic): number | null {
    let lowest: number | null = null;
    for (const f of topic.followers) {
      if (f.paused || (!f.behind && f.cursor >= topic.head)) continue;
      lowest = Math.min(lowest ?? f.cursor, f.cursor);
    }
    return lowest;
  }

  private async readAll() {
    await Promise.resolve();
    while (this.dirty.size > 0) {
      const wanted = this.takeWanted();
      if (wanted.length === 0) continue;
      try {
        this.spread(wanted, await rowsAfter(wanted));
      } catch {
        // The database is away: the cursors still say what is missing.
        for (const w of wanted) this.dirty.add(w.sessionId);
        await new Promise((resolve) => setTimeout(resolve, READ_RETRY_MS).unref());
      }
    }
    this.reading = null;
  }

  private takeWanted() {
    const wanted: Asked[] = [];
    for (const sessionId of this.dirty) {
      const topic = this.topics.get(sessionId);
      const after = topic ? this.lag(topic) : null;
      if (topic && after !== null) wanted.push({ sessionId, after, head: topic.head });
    }
    this.dirty.clear();
    return wanted;
  }

  private spread(wanted: Asked[], rows: MessageRow[]) {
    const byChat = groupByChat(rows);
    for (const { sessionId, after, head } of wanted) {
      const topic = this.topics.get(sessionId);
      if (!topic) continue;
      const page = byChat.get(sessionId) ?? [];
      for (const row of page) this.giveRead(topic, row);
      const last = page.length < PAGE_SIZE;
      const end = page.at(-1)?.seq ?? after;
      // A head that the database did not have when we asked is somebody's garbage: believe the database.
      if (last && topic.head === head) topic.head = end;
      this.finish(topic, sessionId, last, end);
    }
  }

  private giveRead(topic: Topic, row: MessageRow) {
    for (const f of topic.followers) if (!f.paused && row.seq === f.cursor + 1) this.deliver(f, row);
  }

  /** After a page that ended at `end`: who has it all is no longer behind; who has not, or came meanwhile, is read for again. */
  private finish(topic: Topic, chatId: string, last: boolean, end: number) {
    for (const f of topic.followers) {
      if (!last || f.paused || f.cursor < end) continue;
      if (f.behind) {
        f.behind = false;
        f.caughtUp?.(f.cursor);
      }
    }
    if (this.lag(topic) !== null) this.dirty.add(chatId);
  }
}

function groupByChat(rows: MessageRow[]) {
  const groups = new Map<string, MessageRow[]>();
  for (const row of rows) {
    const group = groups.get(row.session_id);
    if (group) group.push(row);
    else groups.set(row.session_id, [row]);
  }
  return groups;
}
