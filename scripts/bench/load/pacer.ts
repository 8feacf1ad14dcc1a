import { Worker } from "node:worker_threads";

const START_MS = 100;

/**
 * Calls `tick` every `everyMs`, to a tenth of a millisecond: timers of the event loop come whole milliseconds late, and
 * spinning would take a core from what is measured. A thread sleeps and wakes us; it leaves out ticks that we have not
 * come round to. @returns when the beat begins, by performance.now().
 */
export function startPacer(everyMs: number, tick: () => void) {
  const pending = new Int32Array(new SharedArrayBuffer(8));
  const startedAt = performance.now() + START_MS;
  // Threads count performance.now() each from their own start; this clock is the same for all.
  const startedAtNs = process.hrtime.bigint() + BigInt(START_MS * 1e6);
  const worker = new Worker(SLEEPER, { eval: true, workerData: { pending, everyMs, startedAtNs } });
  worker.on("message", () => {
    Atomics.store(pending, 0, 0);
    tick();
  });
  return {
    startedAt,
    stop() {
      void worker.terminate();
    },
  };
}

const SLEEPER = `
  const { parentPort, workerData: { pending, everyMs, startedAtNs } } = require("node:worker_threads");
  for (let i = 0; ; i++) {
    const early = i * everyMs - Number(process.hrtime.bigint() - startedAtNs) / 1e6;
    if (early > 0) Atomics.wait(pending, 1, 0, early);
    if (Atomics.exchange(pending, 0, 1) === 0) parentPort.postMessage(null);
  }`;
