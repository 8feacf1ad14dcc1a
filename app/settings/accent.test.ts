import fc from "fast-check";
import { expect, test } from "vitest";
import { accentProblem, accentTokens, ratio, readable } from "./accent";

test("our own accents can be read, and what cannot be is refused with one that can", () => {
  expect(accentProblem("#0f766e", "light")).toBeNull();
  expect(accentProblem("#2dd4bf", "dark")).toBeNull();
  expect(accentProblem("#ffcc00", "light")).toMatch(
    /^#ffcc00 reads at 1\.\d to 1 in the light theme, and 4\.5 is needed: #/,
  );
  expect(accentProblem("#0f766e", "dark")).toContain("dark theme");
});

test("whatever is chosen, every text that follows from it can be read in both themes", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const hex = fc.tuple(byte, byte, byte).map((all) => `#${all.map((n) => n.toString(16).padStart(2, "0")).join("")}`);
  fc.assert(
    fc.property(hex, (wish) => {
      const accent = readable(wish, "light");
      expect(accentProblem(accent, "light")).toBeNull();
      const { light, dark } = accentTokens(accent, null);
      expect(accentProblem(dark.accent, "dark")).toBeNull();
      for (const tokens of [light, dark]) {
        expect(ratio(tokens["on-accent"], tokens.accent)).toBeGreaterThanOrEqual(4.5);
        expect(ratio(tokens["accent-strong"], tokens["accent-soft"])).toBeGreaterThanOrEqual(4.5);
        expect(ratio(tokens["on-mine"], tokens.mine)).toBeGreaterThanOrEqual(4.5);
      }
    }),
  );
});
