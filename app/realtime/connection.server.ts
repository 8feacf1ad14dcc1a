import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Actor } from "~/auth/actor";
import type { MessageRow } from "~/chat/message-row.server";
import type { MessageEvent } from "~/chat/shapes";
import type { Language } from "~/messages/languages";
import { knownSettings } from "~/settings/settings.server";
import type { Follower, Hub } from "./hub.server";
import { holdBack } from "./hold-back.server";
import { rowFrames } from "./row-frames.server";
import { textFrame } from "./text-frame";
import { TokenBucket } from "./token-bucket";

export type Door = "customer" | "cs" | "admin";

export const CLOSE = {
  done: 1000,
  policy: 1008,
  restart: 1012,
  overloaded: 1013,
  signInAgain: 4001,
  revoked: 4003,
  tooSlow: 4008,
} as const;

/** Above this a socket is only a cursor; far above it, or for long, it is ended and may come back. */
const PAUSE_BYTES = 1_048_576;
const TERMINATE_BYTES = 4 * PAUSE_BYTES;
const RESUME_BYTES = PAUSE_BYTES / 4;
const MAX_BEHIND_MS = 30_000;

type CaughtUp = (seq: number) => void;

/** One open socket: who it is, what it follows, how fast it reads. */
export class Connection {
  readonly id = randomUUID();
  /** Frames that could not be read, in a row. */
  badFrames = 0;
  alive = true;
  /** Resolves when every frame that came in so far is answered. */
  answered: Promise<void> = Promise.resolve();
  subscribedToStats = false;
  /** What an anonymous browser showed, or was given by its first chat. */
  customerToken: string | null = null;
  /** The chat that an agent has open in it. */
  viewing: string | null = null;
  /** Of the page behind it, for what it is refused. */
  language: Language = "en";
  readonly messages = new TokenBucket(60, 20);
  readonly signals = new TokenBucket(10, 5);
  readonly following = new Map<string, { follower: Follower; owed: CaughtUp[]; leave(): void }>();
  private pausedSince = 0;

  constructor(
    readonly socket: WebSocket,
    readonly door: Door,
    public actor: Actor | null,
    readonly ip: string | null,
    readonly userAgent: string | null,
    private readonly hub: Hub,
    /** What the socket writes to. */
    private readonly wire: Duplex,
  ) {}

  send(event: string, data: unknown, requestId?: string | number) {
    this.sendFrame(textFrame(JSON.stringify({ event, data, requestId, timestamp: new Date().toISOString() })));
  }

  /** Past the library, which would write head and text of each frame again for each socket. */
  sendFrame(frame: Buffer) {
    if (this.socket.readyState !== this.socket.OPEN) return;
    holdBack(this.wire);
    this.wire.write(frame);
  }

  /**
   * From now on this socket gets the rows of a chat after `cursor`; following again from an earlier cursor repeats what came since.
   * `behind`: read what is missing first, then call `caughtUp`.
   */
  follow(chatId: string, cursor: number, behind: boolean, caughtUp?: CaughtUp) {
    const before = this.following.get(chatId);
    before?.leave();
    // A request that was not answered yet is answered together with this one.
    const owed = [...(before?.owed ?? []), ...(caughtUp ? [caughtUp] : [])];
    let toOther = false;
    const follower: Follower = {
      cursor,
      behind,
      paused: false,
      caughtUp: (seq) => {
        for (const tell of owed.splice(0)) tell(seq);
        if (toOther) toOther = this.letGo(chatId);
      },
      deliver: (row) => {
        const hasRoom = this.deliver(row);
        toOther = this.goesToOther(row) ?? toOther;
        // Of what is read again, only the last word counts.
        if (toOther && !follower.behind) toOther = this.letGo(chatId);
        return hasRoom;
      },
    };
    this.following.set(chatId, { follower, owed, leave: this.hub.follow(chatId, follower) });
  }

  /** Whether this row gives the chat to somebody else than this agent; null when it gives it to nobody. */
  private goesToOther({ event }: MessageRow): boolean | null {
    const { kind, csId } = (event ?? {}) as { kind?: MessageEvent["kind"]; csId?: number };
    if (kind !== "assigned" && kind !== "transferred") return null;
    return this.actor?.kind === "staff" && this.actor.role !== "admin" && this.actor.userId !== csId;
  }

  /** The chat is somebody else's from this row on: what comes after it is for these eyes only where agents read along. */
  private letGo(chatId: string): false {
    if (knownSettings()?.agentsSeeAll) this.send("chat:transferred_out", { sessionId: chatId });
    else this.lose(chatId);
    return false;
  }

  /** Nothing more of this chat is for these eyes. */
  lose(chatId: string) {
    this.unfollow(chatId);
    this.send("chat:transferred_out", { sessionId: chatId });
  }

  unfollow(chatId: string) {
    this.following.get(chatId)?.leave();
    this.following.delete(chatId);
  }

  /** Called every second: lets a socket that has drained go on, ends one that does not drain. */
  checkPace() {
    const buffered = this.socket.bufferedAmount;
    const stuck = this.pausedSince > 0 && Date.now() - this.pausedSince > MAX_BEHIND_MS;
    if (buffered > TERMINATE_BYTES || stuck) return this.drop(CLOSE.tooSlow, "too slow");
    if (this.pausedSince === 0 || buffered > RESUME_BYTES) return;
    this.pausedSince = 0;
    for (const [chatId, { follower }] of this.following) {
      if (!follower.paused) continue;
      follower.paused = false;
      follower.behind = true;
      this.hub.read(chatId);
    }
  }

  /** A closing frame would wait behind megabytes that nobody reads: say it, then hang up. */
  private drop(code: number, reason: string) {
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), 1_000).unref();
  }

  left() {
    for (const { leave } of this.following.values()) leave();
    this.following.clear();
  }

  private deliver(row: MessageRow): boolean {
    if (this.door === "customer" && row.visibility !== "all") return true;
    for (const frame of rowFrames(row, this.door)) this.sendFrame(frame);
    if (this.socket.bufferedAmount < PAUSE_BYTES) return true;
    this.pausedSince ||= Date.now();
    return false;
  }
}
