import type { LiveSocket } from "./socket";
import { pause } from "./timed";

/** Asks again and again for what a socket would have told by itself. Returns its own stop. */
export function pollWhileBlocked(socket: LiveSocket, event: string): () => void {
  let turn = new AbortController();
  const stop = socket.onState(() => void ask());
  void ask();

  async function ask(): Promise<void> {
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    while (!signal.aborted && socket.state === "polling") {
      await socket.request(event).catch(() => undefined);
      await pause(socket.timings.pollPauseMs, signal);
    }
  }

  return () => {
    turn.abort();
    stop();
  };
}
