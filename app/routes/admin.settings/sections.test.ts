import { expect, test } from "vitest";
import { settingsInput } from "~/settings/settings.server";
import { SECTIONS } from "./sections";

test("every setting stands on the page, once", () => {
  const shown = SECTIONS.flatMap(({ names }) => Object.keys(names));
  expect(shown.sort()).toEqual(Object.keys(settingsInput.shape).sort());
});
