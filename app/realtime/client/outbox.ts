import { backoffMs } from "./backoff";
import { claimBy } from "./claim";
import { newId } from "./new-id";
import { Refused } from "./refused";
import { shelve, type PendingMessage } from "./shelf";
import type { StorageLike } from "./storage";
import type { Timings } from "./timings";

interface OutboxOptions<Ack> {
  /** One outbox per chat, side and person; tabs with the same key share it. */
  key: string;
  storage: StorageLike;
  timings: Timings;
  canSend(): boolean;
  send(message: PendingMessage): Promise<Ack>;
  /** The message has left the outbox. */
  onSent(message: PendingMessage, ack: Ack): void;
  onChange(): void;
}

/** Trying again cannot help with these. */
const PERMANENT = ["INVALID", "NOT_ALLOWED", "NOT_FOUND", "CONFLICT", "TOO_LARGE"];
/** A fault of the server's is not for ever either, but one bad text must not hold up the rest. */
const MOST_TRIES = 8;
const TRANSIENT = ["OVERLOADED", "RATE_LIMITED", "UNAUTHENTICATED"];

/** Texts that the server has not acknowledged: kept, sent strictly one after the other, sent again until it answers. */
export function openOutbox<Ack>(options: OutboxOptions<Ack>) {
  const { timings } = options;
  const ending = new AbortController();
  const shelf = shelve(options.storage, options.key, () => (options.onChange(), void pump()));
  const claim = claimBy(options.storage, options.key, timings.leaseMs, ending.signal);
  const seen = new Map<string, () => void>();
  let running = false;
  let attempt = 0;
  let later: ReturnType<typeof setTimeout> | undefined;

  async function pump(): Promise<void> {
    clearTimeout(later);
    if (running) return;
    running = true;
    let waitMs = 0;
    while (!waitMs && ready())
      waitMs = await claim(oneSend).then(
        (ms) => ms ?? 0,
        () => 1_000,
      );
    running = false;
    if (waitMs && !ending.signal.aborted) later = setTimeout(pump, waitMs);
  }

  const ready = () => !ending.signal.aborted && options.canSend() && shelf.next() !== undefined;

  const oneSend = async () => (ready() ? deliver(shelf.next()!) : 0);

  /** Answers how long to wait before the next try: 0 when this one is settled. */
  async function deliver(message: PendingMessage): Promise<number> {
    const { clientId } = message;
    try {
      // The message itself may come back before its acknowledgement, or instead of it.
      const arrived = new Promise<null>((resolve) => seen.set(clientId, () => resolve(null)));
      const ack = await Promise.race([options.send(message), arrived]);
      attempt = 0;
      if (ack !== null && shelf.remove(clientId)) options.onSent(message, ack);
      return 0;
    } catch (error) {
      return shelf.has(clientId) ? afterFailure(message, error) : 0;
    } finally {
      seen.delete(clientId);
    }
  }

  function afterFailure(message: PendingMessage, error: unknown): number {
    if (!(error instanceof Refused)) return Math.max(50, backoffMs(attempt++, timings));
    const hopeless = PERMANENT.includes(error.code) || (attempt >= MOST_TRIES && !TRANSIENT.includes(error.code));
    if (hopeless) {
      attempt = 0;
      shelf.put({ ...message, state: "failed", error: error.message, code: error.code });
      options.onChange();
      return 0;
    }
    const hintMs = (error.details.retryAfterSeconds ?? 0) * 1000;
    return Math.max(50, hintMs * (1 + timings.random() / 4) + backoffMs(attempt++, timings));
  }

  return {
    pending: shelf.all,
    add(content: string, more: Pick<PendingMessage, "kind" | "expectedSeq" | "attachments"> = {}): void {
      shelf.put({ clientId: newId(), content, state: "sending", ...more, ...shelf.endOfLine() });
      options.onChange();
      void pump();
    },
    /** Goes to the end of the line: what was written after it may be on its way already. */
    retry(clientId: string): void {
      const message = shelf.get(clientId);
      if (message?.state !== "failed") return;
      const { content, kind, attachments } = message;
      shelf.put({ clientId, content, kind, attachments, state: "sending", ...shelf.endOfLine() });
      options.onChange();
      void pump();
    },
    /** Answers the text, for the composer; empty when it has been sent meanwhile. */
    discard(clientId: string): string {
      const message = shelf.get(clientId);
      if (message?.state !== "failed") return "";
      shelf.remove(clientId);
      options.onChange();
      return message.content;
    },
    /** The server has shown it to us, so it is stored. The caller publishes the change. */
    settle(clientId: string): boolean {
      const known = shelf.remove(clientId);
      seen.get(clientId)?.();
      return known;
    },
    wake(): void {
      attempt = 0;
      void pump();
    },
    close(): void {
      clearTimeout(later);
      ending.abort();
      shelf.close();
    },
  };
}
