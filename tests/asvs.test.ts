import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REQUIREMENTS } from "./asvs-levels";

const text = readFileSync("SECURITY.md", "utf8");
const part = (heading: string) => text.slice(text.indexOf(heading)).split(/\n##? /)[0] ?? "";
const rowsOf = (markdown: string) =>
  markdown
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, first]) => first && !/^-+$/.test(first));
const ASVS = part("## OWASP ASVS");
const rows = rowsOf(ASVS).filter(([, id]) => id !== "id");

/** What a deployment runs, without tests. */
const sources = ["server.ts", ...readdirSync("app", { recursive: true, encoding: "utf8" }).map((file) => `app/${file}`)]
  .filter((file) => /\.(tsx?|mjs)$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file))
  .map((file) => ({ file, code: readFileSync(file, "utf8") }));
const that = (pattern: RegExp) => sources.flatMap(({ file, code }) => (pattern.test(code) ? [file] : [])).sort();

test("the ASVS table has every requirement of levels 1 and 2 once, in order, with its level", () => {
  expect(REQUIREMENTS).toHaveLength(253);
  expect(rows.map(([, id, level]) => `${id} ${level}`)).toEqual(REQUIREMENTS.map((one) => one.join(" ")));
});

test("every row of it says how, and names code and a test that are there, by their titles", () => {
  for (const [, id, , verdict = "", how = "", where = "", proof = ""] of rows) {
    expect(["met", "n/a", "operator", "not met"], `${id}`).toContain(verdict);
    expect(how.length, `${id}: ${how}`).toBeGreaterThan(3);
    const [, path = ""] = /^`([^`]+)`$/.exec(where) ?? [];
    if (where || verdict === "met") expect(existsSync(path), `${id}: ${where}`).toBe(true);
    const [, file = "", title] = /^`([^`]+)`(?:: (.+))?$/.exec(proof) ?? [];
    if (proof || verdict === "met") expect(file && existsSync(file), `${id}: ${proof}`).toBe(true);
    if (title) expect(readFileSync(file, "utf8"), `${id}: ${title}`).toContain(title);
  }
});

test("what is said of how many are met is so", () => {
  const n = (verdict: string) => rows.filter((row) => row[3] === verdict).length;
  const said = `Of ${rows.length}: ${n("met")} met, ${n("n/a")} n/a, ${n("operator")} operator, ${n("not met")} not met.`;
  expect(ASVS).toContain(said);
});

test("the program that serves starts no other", () => {
  expect(that(/"node:child_process"|"child_process"|"node:cluster"/)).toEqual([]);
});

test("the program that serves speaks to nothing else than SECURITY.md says", () => {
  const speaks = that(
    /^(?!import type).*(?:from |import\()"(node:(net|https?|tls|dgram|http2)|pg|pg-listen|@aws-sdk\/client-s3)"/m,
  );
  expect(speaks).toEqual([
    "app/auth/network.server.ts", // reads addresses, and opens none
    "app/db.server.ts",
    "app/files/s3-storage.server.ts",
    "app/files/scan.server.ts",
    "app/http/metrics.server.ts",
    "app/http/program.server.ts",
    "app/message-path.server.ts",
    "app/realtime/listener.server.ts",
  ]);
  expect(that(/[^.\w]fetch\(/).filter((file) => file.endsWith(".server.ts"))).toEqual([]);
});

test("each use of cryptography is in the list of keys", () => {
  const uses = that(/from "(node:crypto|jose|bcryptjs|otpauth)"/);
  expect(uses.length).toBeGreaterThan(10);
  const keys = part("### Keys");
  for (const file of uses) expect(keys, file).toContain(`\`${file}\``);
});

test("faults go to the log as JSON: nothing else writes while serving", () => {
  expect(that(/console\.|process\.std(out|err)/)).toEqual(["server.ts"]);
});

test("the reviewed versions are the installed ones, or newer", () => {
  const reviewed = rowsOf(part("## Dependencies")).filter(([, name]) => name !== "package");
  expect(reviewed.length).toBeGreaterThan(5);
  for (const [, name = "", version = ""] of reviewed) {
    const installed = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")) as { version: string };
    const newer = installed.version.localeCompare(version, "en", { numeric: true });
    expect(newer, `${name} ${installed.version}`).toBeGreaterThanOrEqual(0);
  }
});

test("every package comes from the registry, with its hash", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { resolved?: string; integrity?: string }>;
  };
  for (const [name, { resolved, integrity }] of Object.entries(lock.packages)) {
    if (name === "") continue;
    expect(integrity, name).toMatch(/^sha(512|1)-/);
    expect(resolved ?? "https://registry.npmjs.org/", name).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
});
