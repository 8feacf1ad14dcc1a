import { expect, test } from "vitest";
import { Invalid } from "~/chat/errors";
import { hashPassword, passwordMatches } from "./password.server";

test("the right password matches its hash; a wrong one and an unknown account do not", async () => {
  const hash = await hashPassword("correct horse");
  expect(hash).toMatch(/^\$2[aby]\$12\$/);
  expect(await passwordMatches("correct horse", hash)).toBe(true);
  expect(await passwordMatches("wrong horse", hash)).toBe(false);
  expect(await passwordMatches("correct horse", null)).toBe(false);
});

test("an unknown account is compared too: no answer comes in the same breath", async () => {
  let answered = false;
  const answer = passwordMatches("guess", null).then(() => (answered = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered).toBe(false);
  await answer;
});

test("what bcrypt would cut short is refused", async () => {
  await expect(async () => hashPassword("ü".repeat(37))).rejects.toThrow(Invalid);
  const hash = await hashPassword("x".repeat(72));
  expect(await passwordMatches("x".repeat(73), hash)).toBe(false);
});
