import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { many, sql } from "~/db.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { createLabel, deleteLabel, labelEdit, listLabels, mergeLabels, updateLabel } from "./edit-labels.server";
import { addLabel, labelsOf } from "./labels.server";
import { parse } from "./parse";

let root: Staff;
beforeAll(freshDatabase);
beforeAll(async () => {
  root = await hire("root", "admin");
});

const labelled = async (...names: string[]) => {
  const { chatId } = await customerInChat();
  for (const name of names) await addLabel(root, { sessionId: chatId, name });
  return chatId;
};
const idOf = async (name: string) => (await listLabels(root)).find((one) => one.name === name)?.id ?? 0;

test("a label is made, coloured, renamed and counted", async () => {
  const id = await createLabel(root, parse(labelEdit, { name: " refund ", colour: "blue" }));
  await labelled("Refund", "late");
  expect(await listLabels(root)).toEqual([
    { id: expect.any(Number), name: "late", colour: "slate", chats: 1 },
    { id, name: "refund", colour: "blue", chats: 1 },
  ]);
  await updateLabel(root, id, { name: "Refunds", colour: "red" });
  expect((await listLabels(root))[1]).toMatchObject({ name: "Refunds", colour: "red", chats: 1 });
  const taken = { details: { fields: { name: 'There is a label "LATE" already: merge with it.' } } };
  await expect(updateLabel(root, id, { name: "LATE" })).rejects.toMatchObject(taken);
  await expect(createLabel(root, { name: "LATE", colour: "red" })).rejects.toMatchObject(taken);
  expect(() => parse(labelEdit, { name: "", colour: "red" })).toThrow("Write a label first.");
  expect(() => parse(labelEdit, { name: "x", colour: "url(x)" })).toThrow("Choose one of the colours.");
});

test("merged, every chat has the other once; two merges the other way round cannot both happen", async () => {
  const [both, only] = [await labelled("a", "b"), await labelled("a")];
  const [a, b] = [await idOf("a"), await idOf("b")];
  await expect(mergeLabels(root, a, a)).rejects.toMatchObject({ code: "CONFLICT" });
  const done = await Promise.allSettled([mergeLabels(root, a, b), mergeLabels(root, b, a)]);
  expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const left = done[0]?.status === "fulfilled" ? "b" : "a";
  for (const chat of [both, only]) expect((await labelsOf(root, chat)).map(({ name }) => name)).toEqual([left]);
});

test("deleted, it is on no chat any more, and the log keeps what it was", async () => {
  const chat = await labelled("gone");
  expect(await deleteLabel(root, await idOf("gone"))).toBe(1);
  expect(await labelsOf(root, chat)).toEqual([]);
  await expect(deleteLabel(root, 999_999)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const [entry] = await many(
    z.object({ subject: z.string(), details: z.unknown() }),
    sql`select subject, details from activity_logs where action = 'label.deleted'`,
  );
  expect(entry).toEqual({ subject: "gone", details: { before: { name: "gone", colour: "slate" }, chats: 1 } });
});

test("agents put labels on chats, and look after none", async () => {
  const ada = await hire("ada");
  const refused = { code: "NOT_ALLOWED" };
  await expect(createLabel(ada, { name: "x", colour: "red" })).rejects.toMatchObject(refused);
  await expect(updateLabel(ada, 1, {})).rejects.toMatchObject(refused);
  await expect(mergeLabels(ada, 1, 2)).rejects.toMatchObject(refused);
  await expect(deleteLabel(ada, 1)).rejects.toMatchObject(refused);
  await expect(listLabels(ada)).rejects.toMatchObject(refused);
});
