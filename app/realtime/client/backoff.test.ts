import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "./backoff";

const bounds = { backoffBaseMs: 500, backoffCapMs: 30_000 };

test("always between nothing and a doubling ceiling of at most the cap", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const ms = backoffMs(attempt, { ...bounds, random: () => chance });
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** attempt));
    }),
  );
});

test("uses the whole range, so that a crowd spreads out", () => {
  const all = Array.from({ length: 1000 }, () => backoffMs(3, { ...bounds, random: Math.random }));
  expect(Math.min(...all)).toBeLessThan(400);
  expect(Math.max(...all)).toBeGreaterThan(3600);
});
