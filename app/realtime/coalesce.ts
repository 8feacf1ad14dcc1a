/**
 * Wraps work that many events ask for: at most one run at a time, runs at least `gapMs` apart, and one more run after
 * the last request. Failures go to `onError`; the next request tries again.
 */
export function coalesce(work: () => Promise<void>, gapMs: number, onError: (error: unknown) => void): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      await work().catch(onError);
      await new Promise((resolve) => setTimeout(resolve, gapMs).unref());
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
