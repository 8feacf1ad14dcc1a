import { expect, test } from "vitest";
import { newPasswordHash } from "./new-password.server";

const refusalOf = (password: string, username = "ada") =>
  newPasswordHash(password, username, "next").then(
    () => null,
    (error: { details: { fields: Record<string, string> } }) => error.details.fields.next,
  );

test("what a few words make is taken", async () => {
  expect(await newPasswordHash("seven quiet herons", "ada")).toMatch(/^\$2/);
  expect(await refusalOf("naïve Ünïcödé words")).toBeNull();
});

test.each([
  ["short", "cs123", "at least 12 characters"],
  ["eleven characters", "elevenchars", "at least 12 characters"],
  ["over 72 bytes, which it counts", "é".repeat(37), "At most 72 bytes; this one has 74"],
  ["among the commonest, in any case", "1QAZ2WSX3edc", "commonest"],
  ["one of the rarer of the 3,000", "eugeniy4121999", "commonest"],
  ["one letter", "aaaaaaaaaaaaaaa", "few different"],
  ["the name with a little around it", "administrator1", "first that are guessed"],
])("%s is refused, with the reason", async (_, password, reason) => {
  expect(await refusalOf(password, "administrator")).toContain(reason);
});
