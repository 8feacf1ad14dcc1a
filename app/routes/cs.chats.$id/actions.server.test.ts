import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { claimChat } from "~/chat/claim-chat.server";
import { draftOf, saveDraft } from "~/chat/drafts.server";
import { findChat } from "~/chat/find-chat.server";
import { latestMessages } from "~/chat/read-log.server";
import { sendMessage } from "~/chat/send-message.server";
import { exec, sql } from "~/db.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { answerIntent } from "./actions.server";

beforeAll(freshDatabase);

let dewi: Staff;
let rosa: Staff;
let chatId: string;
let customer: Awaited<ReturnType<typeof customerInChat>>["customer"];

beforeEach(async () => {
  await exec(sql`update cs_status set status = 'offline'`);
  [dewi, rosa] = await Promise.all([hire(`dewi${randomUUID()}`), hire(`rosa${randomUUID()}`)]);
  await atDesk(dewi, "busy");
  ({ chatId, customer } = await customerInChat("Where is it?"));
  await claimChat(dewi, chatId);
});

async function post(fields: Record<string, string>, staff = dewi) {
  const request = new Request(`http://desk.example/cs/chats/${chatId}`, {
    method: "POST",
    body: new URLSearchParams(fields),
  });
  const answer = await answerIntent(staff, chatId, request);
  if (!("data" in answer)) return { status: answer.status, to: answer.headers.get("Location") };
  return { status: answer.init?.status, ...answer.data };
}

const written = async () =>
  (await latestMessages(dewi, chatId)).filter(({ senderType }) => senderType === "cs").map(({ content }) => content);

test("a hand-over leads back to the lists, and its line to the colleague", async () => {
  await atDesk(rosa);
  const moved = await post({ intent: "transfer", toCsId: String(rosa.userId), note: "Wants a refund" });
  expect(moved).toEqual({ status: 303, to: "/cs" });
  expect(await findChat(rosa, chatId)).toMatchObject({
    csId: rosa.userId,
    arrival: "transferred",
    handover: { fromName: dewi.name, note: "Wants a refund" },
  });
});

test("a hand-over to somebody who is not there is explained, and keeps what was typed", async () => {
  const form = { intent: "transfer", toCsId: String(rosa.userId), note: "Wants a refund" };
  expect(await post(form)).toMatchObject({ status: 409, kept: form });
  await atDesk(rosa, "busy");
  expect(await post(form)).toMatchObject({ message: `${rosa.name} is busy.`, kept: form });
  expect((await findChat(dewi, chatId)).csId).toBe(dewi.userId);
  expect(await post({ intent: "transfer", note: "?" })).toMatchObject({ message: "Choose a colleague." });
});

test("a chat that is given back waits at the head of the queue, marked", async () => {
  expect(await post({ intent: "requeue" })).toEqual({ status: 303, to: "/cs" });
  expect(await findChat(rosa, chatId)).toMatchObject({ status: "waiting", returned: true });
});

test("a stranger to the chat can do none of it", async () => {
  await atDesk(rosa);
  const page = { seq: "1", content: "x", clientId: randomUUID(), label: "vip", toCsId: String(rosa.userId) };
  for (const intent of ["transfer", "requeue", "resolve", "block", "note", "edit", "takeBack", "addLabel"]) {
    expect(await post({ intent, ...page }, rosa), intent).toMatchObject({ status: 404 });
  }
});

test("a reply sent twice is stored once, another from an old page once too; the draft goes with it", async () => {
  await saveDraft(dewi, { sessionId: chatId, content: "On its" });
  const form = { intent: "send", clientId: randomUUID() };
  for (const content of ["On its way", "On its way", "Anything else?", "Anything else?"]) {
    expect(await post({ ...form, content })).toMatchObject({ status: 303 });
  }
  expect(await written()).toEqual(["On its way", "Anything else?"]);
  expect(await draftOf(dewi, chatId)).toBe("");
});

test("a reply is refused and kept when a colleague answered after what the page shows", async () => {
  const seen = (await latestMessages(dewi, chatId)).at(-1)?.seq ?? 0;
  const admin = await hire(`root${randomUUID()}`, "admin");
  await sendMessage(admin, { sessionId: chatId, clientId: randomUUID(), content: "It left yesterday" });
  const form = { intent: "send", clientId: randomUUID(), content: "I look", expectedSeq: String(seen) };
  expect(await post(form)).toMatchObject({ status: 409, code: "CONFLICT", kept: form });
  expect(await written()).toEqual(["It left yesterday"]);
});

test("a note, an edit and a text taken back, by form", async () => {
  await post({ intent: "note", clientId: randomUUID(), content: "Angry last time" });
  expect((await latestMessages(dewi, chatId)).at(-1)).toMatchObject({ content: "Angry last time", note: true });
  expect((await latestMessages(customer, chatId)).some(({ content }) => content === "Angry last time")).toBe(false);
  await post({ intent: "send", clientId: randomUUID(), content: "Helo" });
  const { seq } = (await latestMessages(dewi, chatId)).at(-1)!;
  expect(await post({ intent: "edit", seq: String(seq), content: "Hello" })).toMatchObject({ status: 303 });
  expect(await written()).toContain("Hello");
  expect(await post({ intent: "takeBack", seq: String(seq) })).toMatchObject({ status: 303 });
  expect(await written()).not.toContain("Hello");
});
