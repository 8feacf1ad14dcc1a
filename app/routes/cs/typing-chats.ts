import type { LiveSocket } from "~/realtime/client/socket";
import type { Readable } from "~/realtime/client/store";

interface Heard {
  sessionId: string;
  isTyping: boolean;
}

/** The chats whose customer is typing, for the lists: a chat that is not open has no conversation to ask. */
export function watchTyping(socket: LiveSocket): Readable<ReadonlySet<string>> & { stop(): void } {
  let typing: ReadonlySet<string> = new Set();
  const readers = new Set<() => void>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function hear(sessionId: string, isTyping: boolean) {
    clearTimeout(timers.get(sessionId));
    timers.delete(sessionId);
    // Somebody whose connection broke never says that they stopped.
    if (isTyping) timers.set(sessionId, setTimeout(hear, socket.timings.peerTypingMs, sessionId, false));
    if (typing.has(sessionId) === isTyping) return;
    const next = new Set(typing);
    if (isTyping) next.add(sessionId);
    else next.delete(sessionId);
    typing = next;
    readers.forEach((reader) => reader());
  }

  const stops = [
    socket.on<Heard>("chat:customer_typing", ({ sessionId, isTyping }) => hear(sessionId, isTyping)),
    socket.on<Heard>("chat:message", ({ sessionId }) => hear(sessionId, false)),
  ];
  return {
    getSnapshot: () => typing,
    subscribe(reader) {
      readers.add(reader);
      return () => void readers.delete(reader);
    },
    stop() {
      for (const stop of stops) stop();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
