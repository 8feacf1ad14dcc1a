/**
 * Runs at most `running` pieces of work at a time, and lets at most `waiting` more wait for their turn.
 * @returns a function that rejects with `full()` when there is no room.
 */
export function atATime(running: number, waiting: number, full: () => Error) {
  let busy = 0;
  const line: (() => void)[] = [];
  return async function run<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= running) {
      if (line.length >= waiting) throw full();
      // Whoever ends hands over the place.
      await new Promise<void>((resolve) => line.push(resolve));
    } else busy++;
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else busy--;
    }
  };
}
