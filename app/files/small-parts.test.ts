import { expect, test } from "vitest";
import { atATime } from "./at-a-time";
import { cleanFileName } from "./file-name";
import { sizeText } from "./shapes";

test.each([
  ["photo.png", "photo.png"],
  ["C:\\Users\\ann\\photo.png", "C__Users_ann_photo.png"],
  ["a\u202egnp.exe", "agnp.exe"],
  ["  .hidden. ", "hidden"],
  ["\u0000\u200b", "file"],
  ["naïve résumé 日本.pdf", "naïve résumé 日本.pdf"],
])("%j is shown as %j", (raw, name) => expect(cleanFileName(raw)).toBe(name));

test("a long name keeps its extension", () => {
  const name = cleanFileName(`${"é".repeat(500)}.docx`);
  expect([...name].length).toBe(120);
  expect(name).toMatch(/….docx$/);
});

test.each([
  [48, "48 B"],
  [2_400, "2.4 kB"],
  [999_700, "1 MB"],
  [25_000_000, "25 MB"],
  [3_210_000_000, "3.2 GB"],
])("%i bytes are %s", (bytes, text) => expect(sizeText(bytes)).toBe(text));

test("so many at a time, so many in line, and no more; a failure gives its place on", async () => {
  const run = atATime(2, 1, () => new Error("full"));
  let [running, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    throw new Error("done");
  };
  const all = await Promise.allSettled([run(work), run(work), run(work), run(work)]);
  expect(all.map((one) => one.status === "rejected" && one.reason.message)).toEqual(["done", "done", "done", "full"]);
  expect(most).toBe(2);
  expect(await run(async () => "free")).toBe("free");
});
