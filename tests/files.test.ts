import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { call } from "~/testing/caller";
import { attach, PDF } from "~/testing/upload";
import { startWorld } from "./world";

const DATA_DIR = mkdtempSync(join(tmpdir(), "heradesk-files-"));
const world = startWorld(1, { DATA_DIR });

test("a file is uploaded, goes with a message, is seen by the agent at once, and read by both", async () => {
  const ada = await world.agent("ada");
  const { token, chatId } = await world.customer("Hello", "Ann");
  await call(world.url, `/api/cs/chats/${chatId}/accept`, { token: ada.token, method: "POST" });
  const desk = await world.open("/ws/cs", ada.token);
  await desk.request("chat:resume", { sessionId: chatId, after: 0 });
  const { status, body } = await attach(world.url, token, { content: PDF, name: "bill.pdf", type: "application/pdf" });
  expect(status).toBe(201);
  const { attachment } = body;
  expect(attachment).toMatchObject({ name: "bill.pdf", type: "application/pdf", size: PDF.length, thumbnailUrl: null });
  const message = { clientId: randomUUID(), content: "", attachmentIds: [attachment.id] };
  const sent = await call(world.url, "/api/chat/messages", { token, body: message });
  expect(sent.body.message).toMatchObject({ messageType: "file", content: "", attachments: [attachment] });
  const seen = await desk.until((f) => f.event === "chat:message" && f.data.message?.clientId === message.clientId);
  expect(seen.data.message).toMatchObject({ attachments: [attachment] });
  for (const reader of [token, ada.token]) {
    const got = await fetch(world.url + attachment.url, { headers: { Authorization: `Bearer ${reader}` } });
    expect(Buffer.from(await got.arrayBuffer()).equals(PDF)).toBe(true);
    expect(got.headers.get("content-disposition")).toContain("attachment");
    expect(got.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
  }
  const again = await call(world.url, "/api/chat/messages", { token, body: message });
  expect([again.status, again.body.message.attachments]).toEqual([200, [attachment]]);
  const reused = { ...message, clientId: randomUUID() };
  expect((await call(world.url, "/api/chat/messages", { token, body: reused })).status).toBe(400);
});
