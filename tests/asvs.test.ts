import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const text = readFileSync("SECURITY.md", "utf8");
const rowsAfter = (heading: string) =>
  text
    .slice(text.indexOf(heading))
    .split("\n\n")
    .find((part) => part.startsWith("|"))
    ?.split("\n")
    .slice(2)
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim())) ?? [];

test("every row of the ASVS table names code and a test that are there, by their titles", () => {
  const rows = rowsAfter("## OWASP ASVS");
  expect(rows.length).toBeGreaterThan(35);
  for (const [, section = "", where = "", proof = ""] of rows) {
    for (const [, path = ""] of where.matchAll(/`([^`]+)`/g))
      expect(existsSync(path), `${section}: ${path}`).toBe(true);
    const [, file = "", title] = /^`([^`]+)`(?:: (.+))?$/.exec(proof) ?? [];
    expect(existsSync(file), `${section}: ${proof}`).toBe(true);
    if (title) expect(readFileSync(file, "utf8"), `${section}: ${title}`).toContain(title);
  }
});

test("the reviewed versions are the installed ones, or newer", () => {
  const rows = rowsAfter("## Dependencies");
  expect(rows.length).toBeGreaterThan(5);
  for (const [, name = "", reviewed = ""] of rows) {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")) as { version: string };
    expect(version.localeCompare(reviewed, "en", { numeric: true }), `${name} ${version}`).toBeGreaterThanOrEqual(0);
  }
});
