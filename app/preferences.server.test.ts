import { expect, test } from "vitest";
import { preferencesOf } from "./preferences.server";

const of = (cookie?: string) =>
  preferencesOf(new Request("http://desk.example/", cookie ? { headers: { cookie } } : {}));

test.each([
  [undefined, { theme: "system", timeZone: null }],
  ["theme=dark; tz=Europe%2FWarsaw", { theme: "dark", timeZone: "Europe/Warsaw" }],
  ["a=b; theme=light", { theme: "light", timeZone: null }],
  ["xtheme=dark; tz=Nowhere%2FAtAll", { theme: "system", timeZone: null }],
  ["theme=%3Cscript%3E; tz=%E0%A4%A", { theme: "system", timeZone: null }],
])("%s", (cookie, wanted) => {
  expect(of(cookie)).toEqual({ language: null, ...wanted });
});
