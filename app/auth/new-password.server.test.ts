import { beforeAll, expect, test } from "vitest";
import { exec, sql } from "~/db.server";
import { freshDatabase } from "~/testing/database.server";
import { hearOfSettings } from "~/testing/settings.server";
import { newPasswordHash } from "./new-password.server";

beforeAll(freshDatabase);

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
  ["our name and a year", "HeraDesk-2026!", "first that are guessed"],
  ["a role and the trade", "admin.helpdesk.1", "first that are guessed"],
  ["the name with a little around it", "administrator1", "first that are guessed"],
])("%s is refused, with the reason", async (_, password, reason) => {
  expect(await refusalOf(password, "administrator")).toContain(reason);
});

test("the organisation's own name is no password either, and a long one that has it in it is", async () => {
  expect(await refusalOf("Blue Kettle 2026")).toBeNull();
  await exec(sql`insert into settings (key, value) values ('organisationName', '"Blue Kettle Ltd."')`);
  hearOfSettings();
  await expect.poll(() => refusalOf("Blue Kettle 2026")).toContain("first that are guessed");
  expect(await refusalOf("a blue kettle sings at noon")).toBeNull();
});
