import { expect, test } from "vitest";
import { emptyNews, packWakeUps, readWakeUp, type Signal } from "./news";

const typing = (preview: string): Signal => ({
  sessionId: "0190f0e0-0000-7000-8000-000000000000",
  kind: "typing",
  side: "customer",
  userId: null,
  isTyping: true,
  preview,
});

test("what is typed goes to other instances shortened, and no payload is too large for PostgreSQL", () => {
  // Six bytes each in JSON.
  const signals = Array.from({ length: 120 }, () => typing("\u0007".repeat(500)));
  const payloads = packWakeUps("me", { ...emptyNews(), signals });
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
  const heard = payloads.flatMap((payload) => readWakeUp(JSON.parse(payload))!.news.signals);
  expect(heard).toHaveLength(120);
  expect(new Set(heard.map(({ preview }) => preview?.length))).toEqual(new Set([200]));
});

test("news without signals is one payload", () => {
  const news = { ...emptyNews(), queue: true, agents: new Set([1]) };
  expect(packWakeUps("me", news).map((payload) => JSON.parse(payload))).toEqual([{ from: "me", a: [1], q: 1 }]);
});
