import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { SignJWT } from "jose";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { call } from "~/testing/caller";
import { startProgram } from "~/testing/program";
import { s3Env, startS3 } from "~/testing/s3";
import { attach, PDF } from "~/testing/upload";
import { setStage } from "./stage";
import { choose, say, startChat } from "./talk";

const s3 = await startS3();
afterAll(s3.stop);
const BUCKET_ORIGIN = `http://127.0.0.1:${s3.port}`;
const stage = setStage(1, s3.env);

const PNG = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#2a7" } })
  .png()
  .toBuffer();
const files = [
  { name: "holiday photo.png", mimeType: "image/png", buffer: PNG },
  { name: "Tagihan 'März'.pdf", mimeType: "application/pdf", buffer: PDF },
];

test("a picture that the other side sent is shown from the bucket, in full too, and a document is saved", async () => {
  const agent = await stage.signIn("dewi");
  const complaints = complaintsOf(agent);
  await choose(agent, "Online");
  const ann = await stage.visit();
  await startChat(ann, "Hello", "Ann");
  await agent.getByRole("link", { name: /Ann/ }).first().click();
  await ann.locator("input[type=file]").setInputFiles(files);
  await ann.locator("[data-state=done]").nth(1).waitFor();
  await say(ann, "Here they are");

  const log = agent.getByRole("log");
  const thumbnail = log.getByRole("img", { name: "holiday photo.png" });
  await expect.poll(() => widthOf(thumbnail)).toBeGreaterThan(0);
  await log.getByRole("link", { name: "Open holiday photo.png" }).click();
  await expect.poll(() => widthOf(agent.getByRole("dialog").locator("img"))).toBe(900);
  await agent.keyboard.press("Escape");
  const saving = agent.waitForEvent("download");
  await log.getByRole("link", { name: /^Download Tagihan/ }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("Tagihan 'März'.pdf");
  expect(saved.url()).toContain(BUCKET_ORIGIN);
  expect((await readFile(await saved.path())).equals(PDF)).toBe(true);
  expect(complaints).toEqual([]);
  // Nobody else's pictures: a policy that names everything would pass all of the above.
  expect(await pictureSources(stage.world.url)).toEqual(["'self'", "data:", "blob:", BUCKET_ORIGIN]);
});

test("who may see a file gets a link of a minute with its type and name; nobody else gets a link", async () => {
  const { world } = stage;
  const [ann, ben] = [await world.customer("Hello", "Ann"), await world.customer("Hello", "Ben")];
  const ada = await world.agent(`ada${randomUUID().slice(0, 8)}`);
  await call(world.url, `/api/cs/chats/${ann.chatId}/accept`, { token: ada.token, method: "POST" });
  const picture = await sendFile(ann.token, PNG, "a.png", "image/png");
  const bill = await sendFile(ann.token, PDF, "bill.pdf", "application/pdf");

  for (const token of [ann.token, ada.token]) {
    for (const [path, type, disposition] of [
      [picture.url, "image/png", "inline; filename*=UTF-8''a.png"],
      [`${picture.url}?download`, "image/png", "attachment; filename*=UTF-8''a.png"],
      [`${picture.url}/thumbnail`, "image/webp", "inline; filename*=UTF-8''a.png.webp"],
      [bill.url, "application/pdf", "attachment; filename*=UTF-8''bill.pdf"],
    ] as const) {
      const { status, link, kept } = await ask(path, token);
      expect([status, kept, link?.origin]).toEqual([302, "private, no-store", BUCKET_ORIGIN]);
      expect(Number(link!.searchParams.get("X-Amz-Expires"))).toBeLessThanOrEqual(60);
      const given = await fetch(link!);
      expect([given.status, given.headers.get("content-type"), given.headers.get("content-disposition")]).toEqual([
        200,
        type,
        disposition,
      ]);
      const head = await ask(path, token, "HEAD");
      expect([head.status, head.link, head.type, head.disposition]).toEqual([200, null, type, disposition]);
    }
  }
  const bytes = await fetch((await ask(picture.url, ann.token)).link!);
  expect(Number(bytes.headers.get("content-length"))).toBe(picture.size);

  const strangers = [null, ben.token, "forged", `${ann.token.slice(0, -2)}xx`, `${ada.token.slice(0, -4)}AAAA`];
  expect((await ask(picture.url, await resigned(ada.token, 60))).status).toBe(302);
  for (const token of [...strangers, await resigned(ada.token, -1)]) {
    for (const path of [picture.url, `${picture.url}?download`, `${picture.url}/thumbnail`, bill.url]) {
      for (const method of ["GET", "HEAD"]) {
        const { status, link, text } = await ask(path, token, method);
        expect([status, link], `${method} ${path}`).toEqual([404, null]);
        expect(text).not.toMatch(/X-Amz|heradesk-test|https?:/);
      }
    }
  }
  // What is signed for one file opens no other at our door.
  const { search } = (await ask(picture.url, ann.token)).link!;
  expect((await ask(`${picture.url}${search}`, ben.token)).status).toBe(404);
  await call(world.url, "/api/auth/logout", { token: ada.token, method: "POST" });
  expect((await ask(picture.url, ada.token)).status).toBe(404);
});

test("a start without its S3 warns, is healthy, and talks; files are refused in words", async () => {
  const env = { ...s3Env(1), S3_PUBLIC_URL: "https://files.example.com", RATE_LIMIT_FACTOR: "0" };
  const program = await startProgram({ databaseUrl: process.env.DATABASE_URL ?? "", env });
  try {
    await expect.poll(() => program.log()).toContain("the file storage does not answer");
    const health = await call(program.url, "/api/health");
    expect([health.status, health.body.storage]).toEqual([200, "s3"]);
    expect(await pictureSources(program.url)).toEqual(["'self'", "data:", "blob:", "https://files.example.com"]);
    const { body: ann } = await call(program.url, "/api/chat/init", { body: { message: "Hello" } });
    const token = ann.customerToken;
    const refused = await attach(program.url, token, { content: PDF, name: "a.pdf", type: "application/pdf" });
    expect([refused.status, refused.body.error.code]).toEqual([503, "UNAVAILABLE"]);
    const message = { clientId: randomUUID(), content: "Never mind" };
    expect((await call(program.url, "/api/chat/messages", { token, body: message })).status).toBe(201);
    expect((await call(program.url, "/api/health")).status).toBe(200);
  } finally {
    await program.stop();
  }
});

/** Where pages may have pictures from. */
async function pictureSources(url: string) {
  const policy = (await fetch(url)).headers.get("content-security-policy") ?? "";
  return /img-src ([^;]*)/.exec(policy)?.[1]?.trim().split(" ");
}

async function sendFile(token: string, content: Buffer, name: string, type: string) {
  const { attachment } = (await attach(stage.world.url, token, { content, name, type })).body;
  const body = { clientId: randomUUID(), content: "", attachmentIds: [attachment.id] };
  expect((await call(stage.world.url, "/api/chat/messages", { token, body })).status).toBe(201);
  return attachment as { url: string; size: number };
}

async function ask(path: string, token: string | null, method = "GET") {
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
  const answer = await fetch(stage.world.url + path, { method, headers, redirect: "manual" });
  const to = answer.headers.get("location");
  return {
    status: answer.status,
    link: to === null ? null : new URL(to),
    kept: answer.headers.get("cache-control"),
    type: answer.headers.get("content-type"),
    disposition: answer.headers.get("content-disposition"),
    text: await answer.text(),
  };
}

/** The same proof, signed as the program does, with another end. */
function resigned(token: string, seconds: number): Promise<string> {
  const [head, claims] = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
  const other = { ...JSON.parse(claims!), exp: Math.floor(Date.now() / 1000) + seconds };
  const key = new TextEncoder().encode(process.env.JWT_SECRET);
  return new SignJWT(other).setProtectedHeader(JSON.parse(head!)).sign(key);
}

const widthOf = (image: ReturnType<Page["locator"]>) => image.evaluate((one: HTMLImageElement) => one.naturalWidth);

function complaintsOf(page: Page): string[] {
  const said: string[] = [];
  page.on("console", (line) => line.type() === "error" && said.push(line.text()));
  return said;
}
