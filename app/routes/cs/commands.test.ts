import { expect, test } from "vitest";
import { findCommands } from "./commands";

const all = [
  ["Chat", "Maria Kowalska", "Where is my parcel?"],
  ["Canned replies", "Parcel is on its way", "/ship"],
  ["Status", "Busy", ""],
].map(([kind, name, detail], i) => ({ id: String(i), kind: kind!, name: name!, detail, run() {} }));
const names = (text: string) => findCommands(all, text).map(({ name }) => name);

test("every word must be somewhere; what begins with it comes first", () => {
  expect(names("parcel")).toEqual(["Parcel is on its way", "Maria Kowalska"]);
  expect(names("chat maria")).toEqual(["Maria Kowalska"]);
  expect(names("nothing like it")).toEqual([]);
  expect(names(" ")).toHaveLength(3);
});
