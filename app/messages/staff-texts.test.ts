import { expect, test } from "vitest";
import { staffTextsFor } from "./staff-catalogue.server";
import { staffEn } from "./staff-en";
import { staffId } from "./staff-id";

const asking = (language: string) =>
  staffTextsFor(new Request("http://localhost/cs", { headers: { "accept-language": language } }));

test("each language says everything, with the same blanks to fill", () => {
  const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, english] of Object.entries(staffEn)) {
    expect(blanks(staffId[key as keyof typeof staffEn]), key).toEqual(blanks(english));
  }
});

test("the browser's language decides, whatever its region", () => {
  expect(asking("id-ID,id;q=0.9")).toBe(staffId);
  expect(asking("en-GB")).toBe(staffEn);
  expect(asking("fr")).toBe(staffEn);
});
