import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { many, one, sql } from "~/db.server";
import { hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { checkImport, exportCanned, importCanned } from "./canned-csv.server";
import { createCanned, deleteCanned, updateCanned } from "./edit-canned.server";
import { cannedFor } from "./list-canned.server";
import { categories, sharedCanned } from "./shared-canned.server";

let root: Staff;
let ada: Staff;
beforeAll(freshDatabase);
beforeAll(async () => {
  [root, ada] = [await hire("root", "admin"), await hire("ada")];
});

const all = { search: "", category: "" };
const reply = (shortcut: string, over = {}) => ({ shortcut, title: "Title", content: "Text", category: null, ...over });

test("shared replies are admins' to make, change and delete, each logged with before and after", async () => {
  const id = await createCanned(root, reply("refund", { category: "Money" }), true);
  await updateCanned(root, id, { content: "New text" });
  expect(await sharedCanned(root, { search: "NEW te", category: "Money" })).toMatchObject([
    { shortcut: "refund", content: "New text", category: "Money", used: 0, lastUsedAt: null },
  ]);
  expect(await sharedCanned(root, { search: "100%", category: "" })).toEqual([]);
  expect(await sharedCanned(root, { search: "", category: "-" })).toEqual([]);
  expect(await categories(root)).toEqual(["Money"]);
  expect((await cannedFor(ada)).map(({ shortcut }) => shortcut)).toEqual(["refund"]);
  await expect(updateCanned(ada, id, { title: "Mine" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(deleteCanned(ada, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(sharedCanned(ada, all)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(checkImport(ada, "x")).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(createCanned(root, reply("refund"), true)).rejects.toMatchObject({
    details: { fields: { shortcut: "/refund is taken." } },
  });
  await deleteCanned(root, id);
  const logged = await many(
    z.object({ action: z.string(), details: z.unknown() }),
    sql`select action, details from activity_logs where action like 'canned.%' order by id`,
  );
  expect(logged.map(({ action }) => action)).toEqual(["canned.created", "canned.changed", "canned.deleted"]);
  expect(logged[1]?.details).toEqual({ before: { content: "Text" }, after: { content: "New text" } });
});

test("what is exported can be imported, and no spreadsheet runs it", async () => {
  const texts = ["=1+1", "-10 %", "@sum", "+1", "plain, with a comma", 'a "quote"', "two\nlines", "'kept"];
  for (const [i, content] of texts.entries()) await createCanned(root, reply(`r${i}`, { content }), true);
  const csv = await exportCanned(root);
  expect(csv).toContain("'=1+1");
  expect(csv).not.toMatch(/(^|,|")[=@+-]/m);
  expect(await checkImport(root, csv)).toEqual({ created: 0, changed: 0, same: texts.length, errors: [] });
});

test("an import says first what it would do and which line is wrong, and does all or nothing", async () => {
  const before = await exportCanned(root);
  const csv = [
    "Shortcut;Title;Content;Category",
    "r0;Title;Something else;",
    'new;New;"two\nlines";Help',
    ";No shortcut;Text;",
    "new;Again;Text;",
    "r4;;Text;",
  ].join("\r\n");
  const check = await checkImport(root, csv);
  expect(check).toMatchObject({ created: 1, changed: 1, same: 0 });
  expect(check.errors.map(({ line }) => line)).toEqual([5, 6, 7]);
  expect(check.errors[1]?.message).toBe("shortcut: /new stands in line 4 already.");
  await expect(importCanned(root, csv)).rejects.toMatchObject({ code: "INVALID" });
  expect(await exportCanned(root)).toBe(before);
  const good = csv.split("\r\n").slice(0, 3).join("\n");
  expect(await importCanned(root, `\ufeff${good}`)).toEqual({ created: 1, changed: 1, same: 0, errors: [] });
  expect((await sharedCanned(root, { search: "new", category: "Help" }))[0]?.content).toBe("two\nlines");
  expect(await checkImport(root, good)).toMatchObject({ created: 0, changed: 0, same: 2 });
});

test.each([
  ["", "The first line must name the columns"],
  ["one,two\n1,2", "The first line must name the columns; missing: shortcut, title, content."],
  ['shortcut,title,content\na,"open', "That is not CSV"],
  [`shortcut,title,content\n${"a,b,c\n".repeat(1_001)}`, "At most 1000 replies at a time."],
])("%j is refused", async (csv, why) => {
  await expect(checkImport(root, csv)).rejects.toThrow(why);
});

test("an agent's own replies stay theirs", async () => {
  const id = await createCanned(ada, reply("own"));
  await expect(updateCanned(root, id, { title: "Yours" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { n } = await one(
    z.object({ n: z.number() }),
    sql`select count(*)::integer as n from activity_logs where subject = 'own'`,
  );
  expect(n).toBe(0);
});
