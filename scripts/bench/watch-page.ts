import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";

export interface Watched {
  seconds: number;
  /** Chat messages that came over the socket. */
  messages: number;
  /** Milliseconds of each, by the clock: what somebody feels, on this machine and with whatever else runs on it. */
  longTasks: number[];
  /** Milliseconds that the page's own thread worked in its tasks, the longest first: what the page is to blame for. */
  work: number[];
  /** Rows of the lists that something changed in; the clocks, which tick by themselves, do not count. */
  rowsTouched: number;
  /** Rows that stand elsewhere, or were pushed aside by one that does. */
  rowsMoved: number;
  changes: number;
}

export const LONG_MS = 50;
const MESSAGE = '{"event":"chat:message"';

/** Watches from now on. @returns what there was to see until it is called. */
export async function watchPage(page: Page): Promise<() => Promise<Watched>> {
  let messages = 0;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const worked = await watchWork(page);
  session.on("Network.webSocketFrameReceived", ({ response }) => {
    if (response.payloadData.startsWith(MESSAGE)) messages++;
  });
  await page.evaluate(() => {
    const seen = { longTasks: [] as number[], rowsTouched: 0, rowsMoved: 0, changes: 0, began: performance.now() };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
    }).observe({ type: "longtask" });
    new MutationObserver((records) => {
      const rows = new Set<Element>();
      for (const { target, addedNodes } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        if (element?.closest("time")) continue;
        seen.changes++;
        const row = element?.closest("li");
        if (row && !row.closest("[role=log]")) rows.add(row);
        // A row that moves is taken out and put in again.
        if (!element?.closest("[role=log]"))
          seen.rowsMoved += [...addedNodes].filter((n) => n.nodeName === "LI").length;
      }
      seen.rowsTouched += rows.size;
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  return async () => {
    const { began, ...seen } = await page.evaluate(
      () => (window as unknown as { seen: Omit<Watched, "messages" | "seconds" | "work"> & { began: number } }).seen,
    );
    const seconds = ((await page.evaluate(() => performance.now())) - began) / 1_000;
    const work = await worked();
    await session.detach();
    return { seconds, messages, work, ...seen };
  };
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds of the thread's own time. */
  tdur?: number;
  args: { name?: string };
}

/** The tasks of the page's thread, by the time that it worked in them: a core that others had does not count. */
async function watchWork(page: Page): Promise<() => Promise<number[]>> {
  const browser = page.context().browser();
  await browser?.startTracing(page, { categories: ["toplevel", "__metadata"] });
  return async () => {
    const trace = JSON.parse(String(await browser?.stopTracing())) as { traceEvents: TraceEvent[] };
    const isTask = ({ name, ph }: TraceEvent) => ph === "X" && name.endsWith("RunTask");
    const mains = new Set(
      trace.traceEvents
        .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
        .map(({ pid, tid }) => `${pid}:${tid}`),
    );
    return trace.traceEvents
      .filter((event) => isTask(event) && mains.has(`${event.pid}:${event.tid}`))
      .map(({ tdur = 0 }) => tdur / 1_000)
      .sort((a, b) => b - a);
  };
}

/** Types into the one box there is; from each key to the frame that shows it, in milliseconds. */
export async function keyToPaint(page: Page, keys: number): Promise<{ p50: number; p99: number }> {
  const box = page.locator("textarea[name=content]");
  await box.focus();
  await page.evaluate(() => {
    const waits: number[] = [];
    Object.assign(window, { waits });
    addEventListener("keydown", () => {
      const pressed = performance.now();
      // After the frame's own work there is a turn, and only then.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => waits.push(performance.now() - pressed);
        port2.postMessage(null);
      });
    });
  });
  for (let i = 0; i < keys; i++) {
    await page.keyboard.press("abcdefghij"[i % 10] ?? "a");
    await delay(30);
  }
  const waits = await page.evaluate(() => (window as unknown as { waits: number[] }).waits);
  await box.fill("");
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor((waits.length - 1) * share)] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
