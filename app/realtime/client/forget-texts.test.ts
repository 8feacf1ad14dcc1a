import { expect, test } from "vitest";
import { forgetStaffTexts } from "./forget-texts";
import { keysOf, memoryStorage } from "./storage";

test("signing out leaves nothing that was written to customers, and what is not the staff's alone", () => {
  const storage = memoryStorage();
  for (const key of ["outbox:cs:7:a:1", "draft:cs:7:a", "files:cs:7:a", "outbox:customer:b:1", "alerts"])
    storage.setItem(`heradesk:${key}`, "text");
  forgetStaffTexts(storage);
  expect(keysOf(storage, "")).toEqual(["heradesk:outbox:customer:b:1", "heradesk:alerts"]);
});
