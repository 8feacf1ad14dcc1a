import { randomUUID } from "node:crypto";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Actor } from "~/auth/actor";
import { addNote } from "~/chat/add-note.server";
import { claimChat } from "~/chat/claim-chat.server";
import { takeBackMessage } from "~/chat/edit-message.server";
import { endChat } from "~/chat/end-chat.server";
import { myChats } from "~/chat/list-chats.server";
import { messagesAfter } from "~/chat/read-log.server";
import { sendMessage } from "~/chat/send-message.server";
import { sendTyped } from "~/chat/send-typed.server";
import { env } from "~/env.server";
import { exec, many, sql } from "~/db.server";
import { changeSettings, settings, type Settings } from "~/settings/settings.server";
import { customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { temporaryFolder } from "~/testing/folder";
import { PDF } from "~/testing/upload";
import { chatFiles } from "./chat-files.server";
import { ownUploads } from "./own-uploads.server";
import { findFile } from "./read-file.server";
import { deleteDueFiles, dropOrphans } from "./sweep-files.server";
import { sweepIncoming } from "./incoming.server";
import { uploadFile } from "./upload-file.server";

const DATA_DIR = temporaryFolder("upload");
process.env.DATA_DIR = DATA_DIR;
beforeAll(freshDatabase);

const pdf = (name = "a.pdf", content: Buffer = PDF) => ({
  name,
  declaredType: "application/pdf",
  stream: Readable.from([content]),
});
const upload = (actor: Actor, chatId?: string) => uploadFile(actor, chatId, pdf());
const send = (actor: Actor, attachmentIds: string[], more: object = {}) =>
  sendMessage(actor, { clientId: randomUUID(), content: "", attachmentIds, ...more });

/** Every file on the disk. */
const onDisk = async () =>
  (await readdir(join(DATA_DIR, "uploads"), { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name);
const keys = async () =>
  (await many(z.object({ key: z.string() }), sql`select storage_key as key from attachments`)).map(({ key }) => key);
const waiting = () => many(z.object({ key: z.string() }), sql`select storage_key as key from file_deletions`);

async function rule(changes: Partial<Settings>) {
  const before = await settings();
  await changeSettings(await hire(`boss${randomUUID().slice(0, 8)}`, "admin"), { ...before, ...changes });
}

afterEach(async () => {
  await rule({
    fileTypes: "pdf, txt",
    filesPerMessage: 10,
    filesPerChatAndDay: 100,
    fileMaxMegabytes: 25,
    fileQuotaCustomerMegabytes: 500,
    fileQuotaTotalMegabytes: 20_000,
  });
});

describe("a file goes with one message", () => {
  test("of whoever uploaded it, in the chat it was uploaded into", async () => {
    const { customer, chatId } = await customerInChat();
    const one = await upload(customer);
    const { message } = await send(customer, [one.id]);
    expect(message).toMatchObject({ messageType: "file", attachments: [one] });
    await expect(send(customer, [one.id])).rejects.toMatchObject({ code: "INVALID" });
    expect((await messagesAfter(customer, chatId, 1)).map(({ attachments }) => attachments)).toEqual([[one]]);
    const ada = await hire("ada");
    await claimChat(ada, chatId);
    expect(await chatFiles(ada, chatId)).toEqual([{ ...one, seq: message.seq }]);
    await expect(chatFiles(await hire("nosy"), chatId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await myChats(ada))[0]?.preview).toEqual({ senderType: "customer", content: "a.pdf" });
  });

  test("when two messages claim it at the same moment, one gets it and the other is refused whole", async () => {
    const { customer, chatId } = await customerInChat();
    const one = await upload(customer);
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, () => send(customer, [one.id], { content: "mine" })),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const rows = await messagesAfter(customer, chatId, 1);
    expect(rows.map(({ content, attachments }) => [content, attachments.length])).toEqual([["mine", 1]]);
  });

  test("a repeated send gives the first message with its file, also when it names none", async () => {
    const { customer } = await customerInChat();
    const one = await upload(customer);
    const clientId = randomUUID();
    const first = await send(customer, [one.id], { clientId });
    for (const ids of [[one.id], []])
      expect(await send(customer, ids, { clientId, content: "x" })).toMatchObject({
        repeated: true,
        message: first.message,
      });
  });

  test("neighbours without files are not disturbed by one whose file is gone", async () => {
    const [ann, ben] = [await customerInChat(), await customerInChat()];
    const [bad, good] = await Promise.allSettled([
      send(ann.customer, [randomUUID()], { content: "with" }),
      send(ben.customer, [], { content: "without" }),
    ]);
    expect([bad.status, good.status]).toEqual(["rejected", "fulfilled"]);
    expect(await messagesAfter(ann.customer, ann.chatId, 1)).toEqual([]);
  });

  test("a form sent twice brings its files twice, and says it once; other files are another message", async () => {
    const { customer, chatId } = await customerInChat();
    const input = { clientId: randomUUID(), content: "look" };
    for (let i = 0; i < 2; i++) await sendTyped(customer, input, [await upload(customer)]);
    expect(await messagesAfter(customer, chatId, 1)).toHaveLength(1);
    await sendTyped(customer, input, [await uploadFile(customer, undefined, pdf("b.pdf"))]);
    expect(await messagesAfter(customer, chatId, 1)).toHaveLength(2);
  });

  test("not with a note, and not more than the rule says", async () => {
    const { customer, chatId } = await customerInChat();
    const ada = await hire("note");
    await claimChat(ada, chatId);
    const file = await upload(ada, chatId);
    await addNote(ada, { sessionId: chatId, clientId: "n", content: "between us" });
    await expect(findFile(customer, file.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await send(ada, [file.id], { sessionId: chatId });
    expect(await findFile(customer, file.id)).toMatchObject({ name: "a.pdf" });
    await rule({ filesPerMessage: 1 });
    const two = [await upload(customer), await upload(customer)].map(({ id }) => id);
    await expect(send(customer, two)).rejects.toThrow("At most 1 files");
    expect(await ownUploads(customer, two)).toHaveLength(2);
    expect(await ownUploads(ada, two)).toEqual([]);
  });
});

describe("limits", () => {
  test("of size and kind, by the settings of the moment", async () => {
    const { customer } = await customerInChat();
    await rule({ fileMaxMegabytes: 1 });
    const large = Buffer.concat([PDF, Buffer.alloc(1_000_000)]);
    await expect(uploadFile(customer, undefined, pdf("a.pdf", large))).rejects.toMatchObject({ code: "TOO_LARGE" });
    await rule({ fileTypes: "png" });
    await expect(upload(customer)).rejects.toMatchObject({ code: "UNSUPPORTED_TYPE" });
  });

  test("of files in a chat and day", async () => {
    const { customer } = await customerInChat();
    await rule({ filesPerChatAndDay: 2 });
    await upload(customer);
    await upload(customer);
    await expect(upload(customer)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });

  test("of room for one customer, also for files that arrive together", async () => {
    const { customer } = await customerInChat();
    await rule({ fileQuotaCustomerMegabytes: 1 });
    const half = () => uploadFile(customer, undefined, pdf("a.pdf", Buffer.concat([PDF, Buffer.alloc(400_000)])));
    const all = await Promise.allSettled(Array.from({ length: 5 }, half));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    const { customer: other } = await customerInChat();
    await upload(other);
  });

  test("an ended chat takes no files", async () => {
    const { customer, chatId } = await customerInChat();
    await endChat(customer);
    await expect(upload(customer)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(upload(customer, chatId)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("what is left", () => {
  test("of an upload that breaks: nothing", async () => {
    const { customer } = await customerInChat();
    const before = await onDisk();
    const broken = Readable.from(
      (async function* () {
        yield PDF;
        throw new Error("cut");
      })(),
    );
    const file = { name: "a.pdf", declaredType: "", stream: broken };
    await expect(uploadFile(customer, undefined, file)).rejects.toThrow();
    expect(await onDisk()).toEqual(before);
  });

  test("of a file that was never sent: nothing, after a day", async () => {
    const { customer } = await customerInChat();
    const [sent, unsent] = [await upload(customer), await upload(customer)];
    await send(customer, [sent.id]);
    expect(await dropOrphans()).toBe(0);
    await exec(
      sql`update attachments set created_at = now() - interval '25 hours' where id = any (${[sent.id, unsent.id]})`,
    );
    expect(await dropOrphans()).toBe(1);
    await deleteDueFiles();
    expect((await onDisk()).sort()).toEqual((await keys()).sort());
    expect(await waiting()).toEqual([]);
    expect(await findFile(customer, sent.id)).toMatchObject({ name: "a.pdf" });
  });

  test("of a chat that is erased, and of a message that is taken back: nothing", async () => {
    const { customer, chatId } = await customerInChat();
    const back = await upload(customer);
    const { message } = await send(customer, [back.id]);
    await takeBackMessage(customer, { sessionId: chatId, seq: message.seq });
    await expect(findFile(customer, back.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await messagesAfter(customer, chatId, message.seq - 1))[0]?.attachments).toEqual([]);
    await send(customer, [(await upload(customer)).id]);
    await upload(customer);
    await exec(sql`delete from chat_sessions where id = ${chatId}`);
    expect((await waiting()).length).toBe(3);
    await deleteDueFiles();
    expect((await onDisk()).sort()).toEqual((await keys()).sort());
  });

  test("by a process that died while it stored: nothing, after the sweep", async () => {
    const key = "0123456789abcdef0123456789abcdef";
    const stray = join(DATA_DIR, "uploads", "incoming", "stray");
    await writeFile(stray, "half");
    expect(await sweepIncoming()).toBe(0);
    await utimes(stray, 0, 0);
    expect(await sweepIncoming()).toBe(1);
    await exec(
      sql`insert into file_deletions (storage_key, storage, due_at) values (${key}, 'folder', now() + interval '1 hour')`,
    );
    await deleteDueFiles();
    expect(await waiting()).toEqual([{ key }]);
    await exec(sql`update file_deletions set due_at = now()`);
    await deleteDueFiles();
    expect(await waiting()).toEqual([]);
  });
});

describe("with a virus scanner", () => {
  let scanner: Server | null = null;
  let heard = Buffer.alloc(0);
  afterEach(() => {
    scanner?.close();
    delete (env() as { CLAMAV_HOST?: string }).CLAMAV_HOST;
  });

  /** Speaks INSTREAM as clamd does. */
  async function scan(answer: string) {
    scanner = createServer((socket) => {
      let text = Buffer.alloc(0);
      socket.on("error", () => {});
      socket.on("data", (part: Buffer) => {
        text = Buffer.concat([text, part]);
        if (!text.subarray(0, 10).equals(Buffer.from("zINSTREAM\0"))) return void socket.end("UNKNOWN COMMAND\0");
        const chunks: Buffer[] = [];
        for (let at = 10; at + 4 <= text.length;) {
          const length = text.readUInt32BE(at);
          if (length === 0) {
            heard = Buffer.concat(chunks);
            return void socket.end(`${answer}\0`);
          }
          chunks.push(text.subarray(at + 4, at + 4 + length));
          at += 4 + length;
        }
      });
    });
    await new Promise<void>((resolve) => scanner!.listen(0, "127.0.0.1", resolve));
    const { port } = scanner.address() as { port: number };
    Object.assign(env(), { CLAMAV_HOST: `127.0.0.1:${port}` });
  }

  test("what it finds is refused before anybody can see it; it is given every byte", async () => {
    const { customer } = await customerInChat();
    const before = await keys();
    await scan("stream: Eicar-Test-Signature FOUND");
    await expect(upload(customer)).rejects.toMatchObject({ code: "INVALID" });
    expect(heard.equals(PDF)).toBe(true);
    expect(await keys()).toEqual(before);
    await scan("stream: OK");
    const large = Buffer.concat([PDF, Buffer.alloc(300_000, 7)]);
    await uploadFile(customer, undefined, pdf("a.pdf", large));
    expect(heard.equals(large)).toBe(true);
  });

  test.each([
    ["refuse", "rejected"],
    ["allow", "fulfilled"],
  ] as const)("when it does not answer or cannot look: %s", async (scanUnreachable, outcome) => {
    await rule({ scanUnreachable });
    const { customer } = await customerInChat();
    await scan("INSTREAM size limit exceeded. ERROR");
    const unable = await Promise.allSettled([upload(customer)]);
    Object.assign(env(), { CLAMAV_HOST: "127.0.0.1:9" });
    const away = await Promise.allSettled([upload(customer)]);
    expect([unable[0].status, away[0].status]).toEqual([outcome, outcome]);
  });
});
