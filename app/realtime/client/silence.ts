import type { Timings } from "./timings";

/** Calls back once nothing has been heard for too long, by the clock: timers of hidden tabs are late. Returns its own stop. */
export function watchSilence({ silenceMs, now }: Timings, heardAt: () => number, onSilent: () => void): () => void {
  let timer = setTimeout(check, silenceMs);
  function check(): void {
    const quietMs = now() - heardAt();
    if (quietMs >= silenceMs) onSilent();
    else timer = setTimeout(check, silenceMs - quietMs);
  }
  return () => clearTimeout(timer);
}
