import type { LiveSocket } from "./socket";
import { connected } from "./when-connected";

/** How far we have read: only ever forwards, told at most once per pause, and told again after a reconnect. */
export function markReads(socket: LiveSocket, event: string, sessionId: string) {
  let read = 0;
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = socket.onState(schedule);

  function schedule(): void {
    if (timer || read <= told || !connected(socket)) return;
    tell();
    timer = setTimeout(() => ((timer = undefined), schedule()), socket.timings.readPauseMs);
  }

  function tell(): void {
    told = read;
    socket.request(event, { sessionId, seq: read }).catch(() => (told = 0));
  }

  return {
    mark(seq: number): void {
      read = Math.max(read, seq);
      schedule();
    },
    stop(): void {
      clearTimeout(timer);
      stop();
    },
  };
}
