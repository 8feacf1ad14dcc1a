import { beforeAll, expect, test } from "vitest";
import { parse } from "~/chat/parse";
import { catalogueFor } from "~/messages/catalogue.server";
import { hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { changeSettings, defaultSettings, settings, settingsInput } from "./settings.server";

beforeAll(freshDatabase);

test("previews of typing are off until an admin says otherwise, by form or by program", async () => {
  const boss = await hire("boss", "admin");
  expect((await settings()).typingPreview).toBe(false);
  for (const [written, kept] of [
    ["on", true],
    ["false", false],
    [true, true],
    ["", false],
  ] as const) {
    await changeSettings(boss, parse(settingsInput, { ...defaultSettings(), typingPreview: written }));
    expect((await settings()).typingPreview).toBe(kept);
  }
  expect(() => parse(settingsInput, { ...defaultSettings(), typingPreview: "maybe" })).toThrow("true or false");
});

test("one language for all holds for whoever has not chosen, and goes again", async () => {
  const boss = await hire("linguist", "admin");
  const reads = (cookie = "") =>
    catalogueFor(new Request("http://desk.example/", { headers: { cookie, "accept-language": "en-GB" } })).locale;
  for (const [language, expected] of [
    ["id", "id"],
    ["browser", "en-GB"],
  ] as const) {
    await changeSettings(boss, parse(settingsInput, { ...defaultSettings(), language }));
    await settings();
    expect([reads(), reads("lang=en")]).toEqual([expected, "en-GB"]);
  }
  expect(() => parse(settingsInput, { ...defaultSettings(), language: "xx" })).toThrow("one of the languages");
});

test("an agent changes nothing", async () => {
  await expect(changeSettings(await hire("ada"), defaultSettings())).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});

test("the organisation's zone is one that exists", async () => {
  const boss = await hire("bella", "admin");
  await changeSettings(boss, parse(settingsInput, { ...defaultSettings(), timeZone: "America/New_York" }));
  expect((await settings()).timeZone).toBe("America/New_York");
  expect(() => parse(settingsInput, { ...defaultSettings(), timeZone: "Mars/Olympus" })).toThrow("Europe/Berlin");
});
