import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { call } from "~/testing/caller";
import { temporaryFolder } from "~/testing/folder";
import { formTokenIn } from "~/testing/page-visitor";
import { attach, PDF } from "~/testing/upload";
import { startWorld } from "./world";

const DATA_DIR = temporaryFolder("files");
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

describe("a file of somebody else's", () => {
  /** Ann's chat with a picture that was sent and one that was not; Ben's chat; agents with and without them. */
  async function people() {
    const [ann, ben] = [await world.customer("Hello", "Ann"), await world.customer("Hello", "Ben")];
    const names = [randomUUID().slice(0, 8), randomUUID().slice(0, 8), randomUUID().slice(0, 8)] as const;
    const hers = await world.agent(`a${names[0]}`);
    const other = await world.agent(`b${names[1]}`);
    const admin = await world.agent(`c${names[2]}`, "admin");
    await call(world.url, `/api/cs/chats/${ann.chatId}/accept`, { token: hers.token, method: "POST" });
    await call(world.url, `/api/cs/chats/${ben.chatId}/accept`, { token: other.token, method: "POST" });
    const picture = { content: await png(), name: "a.png", type: "image/png" };
    const sent = (await attach(world.url, ann.token, picture)).body.attachment;
    const unsent = (await attach(world.url, ann.token, picture)).body.attachment;
    const body = { clientId: randomUUID(), content: "", attachmentIds: [sent.id] };
    expect((await call(world.url, "/api/chat/messages", { token: ann.token, body })).status).toBe(201);
    return { ann, ben, hers, other, admin, sent, unsent };
  }

  const statuses = async (url: string, token: string | null) => {
    const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
    const asked: [string, RequestInit][] = [
      [url, {}],
      [url, { method: "HEAD" }],
      [url, { headers: { Range: "bytes=0-9" } }],
      [`${url}?download`, {}],
      [`${url}/thumbnail`, {}],
      [`${url}/thumbnail`, { method: "HEAD" }],
    ];
    const all = asked.map(([path, init]) =>
      fetch(world.url + path, { ...init, headers: { ...headers, ...(init.headers as object) } }),
    );
    return (await Promise.all(all)).map(({ status }) => status);
  };
  const THERE = [200, 200, 206, 200, 200, 200];
  const NOT_THERE = Array(6).fill(404);

  test("is not there for strangers, by any way; it is for those who may read the chat", async () => {
    const { ann, ben, hers, other, admin, sent, unsent } = await people();
    for (const { token } of [ann, hers, admin]) expect(await statuses(sent.url, token)).toEqual(THERE);
    for (const token of [ben.token, other.token, null, "forged"])
      expect(await statuses(sent.url, token)).toEqual(NOT_THERE);
    expect(await statuses(unsent.url, ann.token)).toEqual(THERE);
    for (const token of [ben.token, hers.token, other.token, admin.token, null])
      expect(await statuses(unsent.url, token)).toEqual(NOT_THERE);
    for (const id of ["x", "../../etc/passwd", "%2e%2e%2f", randomUUID(), `${sent.id}%00`, sent.id.toUpperCase() + "a"])
      expect((await statuses(`/files/${id}`, ann.token))[0]).toBe(404);
  });

  test("goes with nobody else's message, and is dropped by nobody else", async () => {
    const { ann, ben, hers, other, admin, sent, unsent } = await people();
    const steal = (path: string, token: string, id: string) =>
      call(world.url, path, { token, body: { clientId: randomUUID(), content: "mine", attachmentIds: [id] } });
    for (const id of [sent.id, unsent.id]) {
      expect((await steal("/api/chat/messages", ben.token, id)).status).toBe(400);
      expect((await steal(`/api/cs/chats/${ben.chatId}/messages`, other.token, id)).status).toBe(400);
      expect((await steal(`/api/cs/chats/${ann.chatId}/messages`, hers.token, id)).status).toBe(400);
      expect((await steal(`/api/cs/chats/${ann.chatId}/messages`, admin.token, id)).status).toBe(400);
    }
    const drop = (path: string, token: string, id: string) =>
      call(world.url, `${path}/${id}`, { token, method: "DELETE" }).then(({ status }) => status);
    expect(await drop("/api/chat/attachments", ben.token, unsent.id)).toBe(404);
    expect(await drop("/api/cs/attachments", hers.token, unsent.id)).toBe(404);
    expect(await drop("/api/chat/attachments", ann.token, sent.id)).toBe(404);
    expect(await drop("/api/chat/attachments", ann.token, unsent.id)).toBe(200);
    expect(await statuses(unsent.url, ann.token)).toEqual(NOT_THERE);
    expect(await statuses(sent.url, ann.token)).toEqual(THERE);
  });

  test("is taken into nobody else's chat", async () => {
    const { ann, ben, other } = await people();
    const file = { content: PDF, name: "a.pdf", type: "application/pdf" };
    const path = `/api/cs/chats/${ann.chatId}/attachments`;
    expect((await attach(world.url, other.token, { ...file, path })).status).toBe(404);
    expect((await attach(world.url, ben.token, { ...file, path })).status).toBe(401);
    expect((await attach(world.url, "forged", file)).status).toBe(401);
  });
});

test("parts of a file, as players and resumed downloads ask for them", async () => {
  const { token } = await world.customer("Hello");
  const content = Buffer.from("0123456789");
  const { body } = await attach(world.url, token, { content, name: "ten.txt", type: "text/plain" });
  const ask = async (range: string, method = "GET") => {
    const headers = { Authorization: `Bearer ${token}`, Range: range };
    const got = await fetch(world.url + body.attachment.url, { method, headers });
    return [got.status, await got.text(), got.headers.get("content-range"), got.headers.get("content-length")];
  };
  expect(await ask("bytes=2-4")).toEqual([206, "234", "bytes 2-4/10", "3"]);
  expect(await ask("bytes=7-")).toEqual([206, "789", "bytes 7-9/10", "3"]);
  expect(await ask("bytes=-2")).toEqual([206, "89", "bytes 8-9/10", "2"]);
  expect(await ask("bytes=5-99")).toEqual([206, "56789", "bytes 5-9/10", "5"]);
  expect(await ask("bytes=10-")).toEqual([416, "", "bytes */10", "0"]);
  expect(await ask("bytes=4-2")).toEqual([200, "0123456789", null, "10"]);
  expect(await ask("bytes=0-1,4-5")).toEqual([200, "0123456789", null, "10"]);
  expect(await ask("lines=1-2")).toEqual([200, "0123456789", null, "10"]);
  expect(await ask("bytes=2-4", "HEAD")).toEqual([206, "", "bytes 2-4/10", "3"]);
});

test("a form from another site uploads nothing; one with the page's token does, without Origin", async () => {
  const { token } = await world.customer("Hello");
  const Cookie = `hd_customer=${token}`;
  const html = await (await fetch(`${world.url}/`, { headers: { Cookie, Accept: "text/html" } })).text();
  const send = async (headers: Record<string, string>, formToken?: string) => {
    const form = new FormData();
    if (formToken) form.append("_token", formToken);
    form.append("file", new Blob([new Uint8Array(PDF)], { type: "application/pdf" }), "a.pdf");
    const init = { method: "POST", body: form, headers: { Cookie, ...headers } };
    return (await fetch(`${world.url}/api/chat/attachments`, init)).status;
  };
  expect(await send({ Origin: "https://evil.example" })).toBe(403);
  expect(await send({ "Sec-Fetch-Site": "cross-site" })).toBe(403);
  expect(await send({})).toBe(403);
  expect(await send({}, "A".repeat(43))).toBe(403);
  expect(await send({ Origin: world.url })).toBe(201);
  expect(await send({ "Sec-Fetch-Site": "same-origin" })).toBe(201);
  expect(await send({}, formTokenIn(html))).toBe(201);
});

test("health says where files are; with a folder, pictures come from here alone", async () => {
  expect((await call(world.url, "/api/health")).body).toMatchObject({ storage: "folder" });
  const policy = (await fetch(world.url)).headers.get("content-security-policy");
  expect(policy).toMatch(/img-src 'self' data: blob: *;/);
});

test("what is too large is refused while it comes, and leaves nothing", async () => {
  const { token } = await world.customer("Hello");
  const content = Buffer.alloc(25_000_001, "a");
  const answer = await attach(world.url, token, { content, name: "big.txt", type: "text/plain" });
  expect(answer).toMatchObject({ status: 413, body: { success: false, error: { code: "TOO_LARGE" } } });
  const far = await attach(world.url, token, {
    content: Buffer.alloc(40_000_000, "a"),
    name: "b.txt",
    type: "text/plain",
  });
  expect(far.status).toBe(413);
  expect(await readdir(join(DATA_DIR, "uploads", "incoming"))).toEqual([]);
});

const png = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: "#246" } })
    .png()
    .toBuffer();
