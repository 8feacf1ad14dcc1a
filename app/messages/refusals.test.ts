import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { refusalFieldsIn, refusalIn } from "./refusal-language.server";
import { refusalsId } from "./refusals-id";

/** Sentences that a person may read: they begin as one and end with a full stop. */
const SENTENCE = /(["`])([A-Z/$][^"`\n]*\.)\1/g;
const THROWS = /\b(Conflict|Invalid|NotFound|NotAllowed|NotSignedIn|RateLimited|Overloaded|BadFrame)\(/;
const CHECKS = /\.(min|max|refine|regex|email|int|positive|check)\(|\berror(:| =)|message =/;

/** Every line of our own that refuses something, with its sentences; `${}` is a place. */
async function refusalsInSources(): Promise<{ file: string; sentence: string }[]> {
  const folders = ["api", "auth", "canned", "chat", "files", "people", "realtime", "reports", "routes", "settings"];
  const found: { file: string; sentence: string }[] = [];
  for (const folder of folders) {
    const names = await readdir(`app/${folder}`, { recursive: true }).catch(() => []);
    for (const name of names.filter((one) => /\.tsx?$/.test(one) && !/\.test\.|testing|client\//.test(one))) {
      const text = await readFile(`app/${folder}/${name}`, "utf8");
      // A call may go over several lines.
      for (const line of text.replace(/\(\s*\n\s*/g, "(").split("\n")) {
        if (!THROWS.test(line) && !CHECKS.test(line)) continue;
        for (const [, , sentence = ""] of line.matchAll(SENTENCE)) found.push({ file: `${folder}/${name}`, sentence });
      }
    }
  }
  return found;
}

test("every refusal in the sources can be said in Indonesian", async () => {
  const sentences = await refusalsInSources();
  expect(sentences.length).toBeGreaterThan(40);
  const missing = sentences.filter(({ sentence }) => {
    const example = sentence.replace(/\$\{[^}]*\}/g, "Ann 7");
    return refusalIn("id", example) === example;
  });
  expect(missing).toEqual([]);
});

describe("in the reader's language", () => {
  test.each([
    ["This chat has ended.", "Percakapan ini telah berakhir."],
    ["Ann Lee is busy.", "Ann Lee sedang sibuk."],
    ["Ann {max} already has 5 of 5 chats.", "Ann {max} sudah memegang 5 dari 5 percakapan."],
    ["content: That is too long: at most 8,000 characters.", "content: Terlalu panjang: paling banyak 8,000 karakter."],
    ["Something nobody translated.", "Something nobody translated."],
  ])("%s", (english, indonesian) => {
    expect(refusalIn("id", english)).toBe(indonesian);
    expect(refusalIn("en", english)).toBe(english);
  });

  test("fields keep their names", () => {
    expect(refusalFieldsIn("id", { title: "Write a title." })).toEqual({ title: "Tulis judul." });
  });

  test("each sentence has the places of its key", () => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [english, other] of Object.entries(refusalsId)) {
      if (!english.startsWith("A frame")) expect(places(other), english).toEqual(places(english));
    }
  });
});
