import { expect, test } from "vitest";
import { staffEn } from "~/messages/staff-en";
import { sayFrom } from "~/messages/text";
import { because, headline, type Assignment } from "./why";

const t = sayFrom(staffEn);
const assignment: Assignment = {
  kind: "queue",
  csName: "cs",
  byName: null,
  considered: [
    { name: "cs", load: 1, max: 5, fit: "fit" },
    { name: "rosa", load: 2, max: 5, fit: "fit" },
    { name: "ada", load: 0, max: 5, fit: "busy" },
    { name: "grace", load: 5, max: 5, fit: "full" },
  ],
  createdAt: "2026-01-01T00:00:00.000Z",
};

test("an assignment is told in plain words: who got it, and why nobody else", () => {
  expect(headline(assignment, t)).toBe("from the queue to cs");
  expect(because(assignment, t)).toBe("cs had 1 of 5 chats; rosa 2 of 5, ada busy, grace full");
});

test("a chat that was given back has a doer and no reasons", () => {
  const back = { ...assignment, kind: "requeued" as const, csName: null, byName: "ada", considered: [] };
  expect(headline(back, t)).toBe("ada gave it back to the queue");
  expect(because(back, t)).toBe("");
});
