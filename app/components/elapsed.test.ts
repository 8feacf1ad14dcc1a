import { expect, test } from "vitest";
import { agoText, stopwatch } from "./elapsed";

test("a stopwatch counts hours only when there are any, and never backwards", () => {
  expect(stopwatch(134_999)).toBe("2:14");
  expect(stopwatch(41_000)).toBe("0:41");
  expect(stopwatch(3_723_000)).toBe("1:02:03");
  expect(stopwatch(-5_000)).toBe("0:00");
});

test("how long ago, in one unit", () => {
  expect(agoText(59_000, "en")).toBeNull();
  expect(agoText(120_000, "en")).toBe("2 min");
  expect(agoText(3 * 3_600_000, "en")).toBe("3 hr");
  expect(agoText(5 * 86_400_000, "en")).toBe("5 days");
});
