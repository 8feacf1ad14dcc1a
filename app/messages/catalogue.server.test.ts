import { expect, test } from "vitest";
import { catalogueFor } from "./catalogue.server";
import { en } from "./en";
import { id } from "./id";
import { sayFrom } from "./text";

const asked = (accept?: string) =>
  catalogueFor(new Request("http://desk.example/", accept ? { headers: { "accept-language": accept } } : {})).locale;

test.each([
  [undefined, "en"],
  ["id-ID,id;q=0.9,en;q=0.8", "id-ID"],
  ["pl,id;q=0.5,en;q=0.4", "id"],
  ["en-GB,id;q=0.9", "en-GB"],
  ["en;q=0.1, id;q=0.7", "id"],
  ["id;q=0", "en"],
  ["*", "en"],
  ["constructor, __proto__, en-u-nu-arab", "en"],
  ["x".repeat(10_000), "en"],
])("%s reads %s", (accept, locale) => {
  expect(asked(accept)).toBe(locale);
});

test("what somebody chose on a page wins over what their browser says, and keeps its region where that fits", () => {
  const from = (cookie: string) =>
    catalogueFor(new Request("http://desk.example/", { headers: { cookie, "accept-language": "en-GB,pl" } })).locale;
  expect(from("lang=id")).toBe("id");
  expect(from("theme=dark; lang=en")).toBe("en-GB");
  expect(from("lang=__proto__")).toBe("en-GB");
});

test("both languages fill the same places", () => {
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(en))
    expect([key, places(id[key as keyof typeof en])]).toEqual([key, places(text)]);
});

test("a value that looks like a place stays what it is", () => {
  const t = sayFrom({ hello: "Hello {name}" });
  expect(t("hello", { name: "{name} $& {x}" })).toBe("Hello {name} $& {x}");
});
