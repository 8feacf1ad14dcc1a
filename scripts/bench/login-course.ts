import { setTimeout as delay } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import { call } from "~/testing/caller";
import { openRaw } from "~/testing/raw-socket";
import { PASSWORD, startTarget } from "../attacks/target.ts";
import { endWith, onEnd } from "../faults/cleanup.ts";
import { table } from "./table.ts";

const SIGN_INS = 20;
const SENDS_PER_SECOND = 50;

/** Messages go on while twenty people sign in at once: how late they come, and how late an empty call is answered. */
await endWith(async () => {
  const alive = setInterval(() => {}, 60_000);
  onEnd(() => clearInterval(alive));
  const target = await startTarget();
  const [url] = target.urls;
  const desk = await openRaw(`${url}/ws/cs`, { Authorization: `Bearer ${target.assigned.token}` });
  await desk.event("cs:connected");
  await desk.request("chat:resume", { sessionId: target.anna.chatId, after: 0 });
  const customer = await openRaw(`${url}/ws/chat`, { Authorization: `Bearer ${target.anna.token}` });
  const sentAt = new Map<string, number>();
  const took: number[] = [];
  desk.socket.on("message", (data) => {
    const frame = JSON.parse(data.toString()) as { event: string; data: { message?: { content: string } } };
    const at = frame.event === "chat:message" && sentAt.get(frame.data.message?.content ?? "");
    if (at) took.push(performance.now() - at);
  });
  const quiet = await during(delay(3_000));
  const signIn = () => call(url, "/api/auth/login", { body: { username: "unassigned", password: PASSWORD } });
  const busy = await during(Promise.all(Array.from({ length: SIGN_INS }, signIn)));
  const rows = [
    ["nobody signs in", ...quiet],
    [`${SIGN_INS} sign in at once`, ...busy],
  ];
  console.log(table(["", "ms", "messages", "seen p50", "seen p99", "health p50", "health p99"], rows));
  return 0;

  async function during(work: Promise<unknown>) {
    const began = performance.now();
    let over = false;
    void work.finally(() => (over = true));
    const health: number[] = [];
    took.length = 0;
    while (!over) {
      const content = randomUUID();
      sentAt.set(content, performance.now());
      customer.say("customer:send_message", { clientId: content, content });
      const asked = performance.now();
      void fetch(`${url}/api/health`).then(() => health.push(performance.now() - asked));
      await delay(1_000 / SENDS_PER_SECOND);
    }
    const lasted = Math.round(performance.now() - began);
    await delay(500);
    return [lasted, took.length, ...[took, took, health, health].map((all, i) => at(all, i % 2 ? 0.99 : 0.5))];
  }
});

function at(all: number[], share: number) {
  const sorted = all.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1);
}
