import { expect, test, vi } from "vitest";

vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1/nothing");
const { seal, unseal } = await import("./sealed.server");
const secret = Buffer.from("twenty random bytes!");

test("what is sealed opens for its purpose and its owner alone, and is never twice the same", () => {
  const sealed = seal(secret, "second factor", 7);
  expect(unseal(sealed, "second factor", 7)).toEqual(secret);
  expect(unseal(sealed, "second factor", 8)).toBeNull();
  expect(unseal(sealed, "something else", 7)).toBeNull();
  expect(seal(secret, "second factor", 7)).not.toEqual(sealed);
  expect(sealed.includes(secret)).toBe(false);
});

test("one changed bit anywhere, or a part that is missing, and nothing opens", () => {
  const sealed = seal(secret, "second factor", 7);
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8((changed[i] ?? 0) ^ 1, i);
    expect(unseal(changed, "second factor", 7), `byte ${i}`).toBeNull();
    expect(unseal(sealed.subarray(0, i), "second factor", 7), `cut at ${i}`).toBeNull();
  }
});

test("a tag that was cut short is no tag", () => {
  const empty = seal(Buffer.alloc(0), "second factor", 7);
  expect(unseal(empty, "second factor", 7)).toEqual(Buffer.alloc(0));
  for (const bytes of [4, 8, 12, 13, 14, 15])
    expect(unseal(empty.subarray(0, 12 + bytes), "second factor", 7), `${bytes}`).toBeNull();
});
