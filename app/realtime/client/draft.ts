import { Refused } from "./refused";
import type { LiveSocket } from "./socket";
import { keep, type StorageLike } from "./storage";

interface DraftOptions {
  socket: LiveSocket;
  /** cs:draft or customer:draft. */
  event: string;
  sessionId: string;
  storage: StorageLike;
  key: string;
  /** What the server had when the page was made. */
  onServer: string;
}

/** What one message can hold; of a longer draft the server keeps the beginning, this browser all. */
const LONGEST = 8_000;
const WORTH_ANOTHER_TRY = ["RATE_LIMITED", "OVERLOADED"];

/** Unsent text: in this browser at once, and with the server a moment later, so that another device has it too. */
export function keepDraft({ socket, event, sessionId, storage, key, onServer }: DraftOptions) {
  let text = storage.getItem(key) ?? onServer;
  let told = onServer;
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forServer = () => text.slice(0, LONGEST);
  const stop = socket.onState(() => void tell());

  /** One at a time: two saves that overtake each other would leave the older text. */
  async function tell(): Promise<void> {
    if (busy || socket.state !== "live" || forServer() === told) return;
    clearTimeout(timer);
    busy = true;
    const content = forServer();
    try {
      await socket.request(event, { sessionId, content });
      told = content;
    } catch (error) {
      if (error instanceof Refused && !WORTH_ANOTHER_TRY.includes(error.code)) told = content;
    }
    busy = false;
    if (forServer() !== told) later();
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(tell, socket.timings.draftPauseMs);
  }

  return {
    get: () => text,
    set(next: string): void {
      if (next === text) return;
      text = next;
      keep(storage, key, text || null);
      later();
    },
    /** Sent: there is no waiting with that, or another device offers the text again. */
    drop(): void {
      text = "";
      keep(storage, key, null);
      void tell();
    },
    stop(): void {
      clearTimeout(timer);
      stop();
    },
  };
}
