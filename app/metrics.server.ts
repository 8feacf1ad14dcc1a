import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export const registry = new Registry();

const seconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const at = [registry];

export const messagesStored = new Counter({
  name: "heradesk_messages_total",
  help: "Messages committed by this instance",
  labelNames: ["sender"],
  registers: at,
});
export const ackSeconds = new Histogram({
  name: "heradesk_ack_seconds",
  help: "From a send's arrival to its acknowledgement",
  buckets: seconds,
  registers: at,
});
export const deliverySeconds = new Histogram({
  name: "heradesk_delivery_seconds",
  help: "From a message's row to its frame on a socket here, by the clocks of database and instance",
  buckets: seconds,
  registers: at,
});
export const batchSize = new Histogram({
  name: "heradesk_batch_size",
  help: "Sends written by one statement",
  buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
  registers: at,
});
export const sendsRefused = new Counter({
  name: "heradesk_sends_refused_total",
  help: "Sends refused because too many were waiting",
  registers: at,
});
export const sweepFound = new Counter({
  name: "heradesk_sweep_found_total",
  help: "Chats whose news was lost until the sweep found it; should stay 0",
  registers: at,
});
export const resumes = new Counter({
  name: "heradesk_resumes_total",
  help: "Resumed chats: complete (nothing or one page missing), paged, snapshot (the cursor could not be right)",
  labelNames: ["kind"],
  registers: at,
});

/** A figure that is looked up when somebody asks; several values by one label. */
export function gauge(name: string, help: string, read: () => number | Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: at,
    async collect() {
      this.set(await read());
    },
  });
}

export function labelledGauge(name: string, help: string, label: string, read: () => Record<string, number>): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: at,
    collect() {
      for (const [value, n] of Object.entries(read())) this.set({ [label]: value }, n);
    },
  });
}

/** Memory, processor time, event-loop delay, garbage collection. */
export const collectProcessMetrics = () => collectDefaultMetrics({ register: registry });
