/** How many times as long as it took a piece of work rests. */
const REST = 3;

/**
 * Wraps work that many events ask for: at most one run at a time, runs at least `gapMs` apart, and one more run after
 * the last request. Long runs are further apart, so that thousands in the queue cannot take the whole process. Failures go to `onError`; the next request tries again.
 */
export function coalesce(
  work: () => Promise<void>,
  gapMs: number | (() => number),
  onError: (error: unknown) => void,
): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      const begun = performance.now();
      await work().catch(onError);
      const rest = Math.max(typeof gapMs === "number" ? gapMs : gapMs(), REST * (performance.now() - begun));
      await new Promise((resolve) => setTimeout(resolve, rest).unref());
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
