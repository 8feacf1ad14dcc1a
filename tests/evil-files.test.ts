import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { many, sql } from "~/db.server";
import type { Attachment } from "~/files/shapes";
import { launchBrowser } from "~/testing/browser";
import { call } from "~/testing/caller";
import { temporaryFolder } from "~/testing/folder";
import { attach } from "~/testing/upload";
import { evilFiles } from "./evil-files";
import { startWorld } from "./world";

const DATA_DIR = temporaryFolder("evil");
const world = startWorld(1, { DATA_DIR });
let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

const taken: Attachment[] = [];
let token = "";

test("more than sixty files by what is declared and what they are: each gets its answer, and nothing else is kept", async () => {
  ({ token } = await world.customer("Hello", "Mallory"));
  const files = await evilFiles();
  expect(files.length).toBeGreaterThanOrEqual(60);
  const wrong: string[] = [];
  for (const { what, status, ...file } of files) {
    const answer = await attach(world.url, token, file);
    if (answer.status !== status) wrong.push(`${what}: ${answer.status}, not ${status} ${JSON.stringify(answer.body)}`);
    if (answer.status === 201) taken.push(answer.body.attachment);
    else if (typeof answer.body.error?.message !== "string") wrong.push(`${what}: no reason`);
  }
  expect(wrong).toEqual([]);
  const rows = await many(z.object({ name: z.string() }), sql`select name from attachments`);
  expect(rows).toHaveLength(files.filter(({ status }) => status === 201).length);
  expect(await readdir(join(DATA_DIR, "uploads", "incoming"))).toEqual([]);
}, 120_000);

test("names are of one line and lead nowhere; what is read back is what we wrote", async () => {
  for (const { name } of taken) {
    expect(name).not.toMatch(/[/\\\u0000-\u001f\u202e"<>]/);
    expect(name.length).toBeLessThanOrEqual(130);
  }
  for (const { url, type } of taken) {
    const got = await fetch(world.url + url, { headers: { Authorization: `Bearer ${token}` } });
    const bytes = Buffer.from(await got.arrayBuffer());
    expect(got.headers.get("content-type")?.split(";")[0]).toBe(type);
    expect(got.headers.get("x-content-type-options")).toBe("nosniff");
    expect(got.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
    expect(got.headers.get("cache-control")).toBe("private, no-store");
    expect(got.headers.get("set-cookie")).toBeNull();
    if (type.startsWith("image/")) expect(bytes.includes("<script")).toBe(false);
    else expect(got.headers.get("content-disposition")).toMatch(/^attachment; filename\*=UTF-8''[\w.!~%…-]+$/);
  }
});

test("opened in a browser, as a page, in a frame, as a script: nothing runs", async () => {
  const context = await browser.newContext({ baseURL: world.url, acceptDownloads: true });
  await context.addCookies([{ name: "hd_customer", value: token, url: world.url }]);
  const page = await context.newPage();
  let dialogs = 0;
  page.on("dialog", (dialog) => (dialogs++, void dialog.dismiss()));
  await call(world.url, "/api/chat/messages", {
    token,
    body: { clientId: randomUUID(), content: "look", attachmentIds: taken.slice(0, 10).map(({ id }) => id) },
  });
  // A page of a stranger's own would run.
  await page.goto(`data:text/html,<script>document.title="hit"</script>`);
  expect(await page.title()).toBe("hit");
  for (const { url } of taken) {
    // What is to be saved does not open: the browser says so.
    await page.goto(url).catch(() => {});
    expect(await page.title()).not.toContain("hit");
  }
  await page.goto("/");
  await page.getByRole("log").getByText("look").waitFor();
  const urls = taken.map(({ url }) => url);
  expect(await embedded(page, [["iframe", "src"]], urls)).toEqual([]);
  // Our own pages refuse the other ways by policy: a page without one tries them.
  const lax = await browser.newContext({ baseURL: world.url, bypassCSP: true });
  await lax.addCookies([{ name: "hd_customer", value: token, url: world.url }]);
  const other = await lax.newPage();
  other.on("dialog", (dialog) => (dialogs++, void dialog.dismiss()));
  await other.goto("/");
  const ways: Way[] = [
    ["object", "data"],
    ["embed", "src"],
    ["script", "src"],
  ];
  expect(await embedded(other, ways, urls)).toEqual([]);
  const control = "data:text/javascript,window.hit=1";
  expect(await embedded(other, ways, [control])).toEqual([`script ${control}`]);
  expect(dialogs).toBe(0);
  await lax.close();
  await context.close();
}, 120_000);

type Way = [tag: "iframe" | "object" | "embed" | "script", attribute: string];

/** Puts each address into the page in each way. @returns those that ran */
function embedded(page: Page, ways: Way[], urls: string[]): Promise<string[]> {
  return page.evaluate(
    async ({ ways, urls }) => {
      const seen: string[] = [];
      addEventListener("securitypolicyviolation", (event) => event.preventDefault());
      for (const url of urls) {
        for (const [tag, attribute] of ways) {
          const element = document.createElement(tag);
          element.setAttribute(attribute, url);
          const done = new Promise((resolve) => {
            element.addEventListener("load", resolve);
            element.addEventListener("error", resolve);
            setTimeout(resolve, 150);
          });
          document.body.append(element);
          await done;
          if ((window as { hit?: number }).hit || document.title.includes("hit")) seen.push(`${tag} ${url}`);
          element.remove();
        }
      }
      return seen;
    },
    { ways, urls },
  );
}

test("where a photo was taken does not leave its sender", async () => {
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#123" } })
    .withExif({ IFD0: { Artist: "Ann" }, IFD3: { GPSLatitude: "6/1 12/1 0/1", GPSLatitudeRef: "S" } })
    .jpeg()
    .toBuffer();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const { body } = await attach(world.url, token, { content: photo, name: "home.jpg", type: "image/jpeg" });
  for (const url of [body.attachment.url, body.attachment.thumbnailUrl]) {
    const got = await fetch(world.url + url, { headers: { Authorization: `Bearer ${token}` } });
    const bytes = Buffer.from(await got.arrayBuffer());
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(bytes.includes("Ann")).toBe(false);
  }
});

test("a photo that lies on its side stands upright, and its size is what one sees", async () => {
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#123" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { body } = await attach(world.url, token, { content: photo, name: "side.jpg", type: "image/jpeg" });
  expect(body.attachment).toMatchObject({ width: 40, height: 60 });
});
