import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { many, sql } from "~/db.server";
import { temporaryFolder } from "~/testing/folder";
import { PDF } from "~/testing/upload";
import { expectAccessible } from "./accessible";
import { setStage } from "./stage";
import { choose, frameOf, startChat } from "./talk";

const folder = temporaryFolder("files-browser");
const stage = setStage(1, { DATA_DIR: folder });
const picture = join(folder, "holiday photo.png");
const bill = join(folder, "bill.pdf");
const page_ = join(folder, "page.html");

beforeAll(async () => {
  const noise = { create: { width: 900, height: 600, channels: 3 as const, background: "#2a7" } };
  await sharp(noise).png().toFile(picture);
  writeFileSync(bill, PDF);
  writeFileSync(page_, "<script>alert(1)</script>");
});

const fileInput = (page: Page) => page.locator("input[type=file]");
const send = (page: Page) => page.getByRole("button", { name: "Send", exact: true }).click();
const inLog = (page: Page, name: string) => page.getByRole("log").getByRole("link", { name });
const uploads = (page: Page) => page.getByRole("list", { name: "Files to send" });
const stored = () =>
  many(z.object({ name: z.string() }), sql`select name from attachments order by created_at`).then((rows) =>
    rows.map(({ name }) => name),
  );

async function talk(name: string) {
  const agent = await stage.signIn(name);
  await choose(agent, "Online");
  const ann = await stage.visit();
  await startChat(ann, "Hello", "Ann");
  await agent.getByRole("link", { name: /Ann/ }).first().click();
  await agent.getByRole("log").getByText("Hello").waitFor();
  return { agent, ann };
}

describe("with scripts", () => {
  test("by button, by drop and by paste; the other side sees it live, and looks at it in full", async () => {
    const { agent, ann } = await talk("dewi");
    await fileInput(ann).setInputFiles([picture, bill]);
    await uploads(ann).locator("[data-state=done]").nth(1).waitFor();
    await expectAccessible(ann, "composer");
    await ann.locator("textarea[name=content]").fill("Here they are");
    await send(ann);
    await inLog(agent, "Open holiday photo.png").waitFor();
    await inLog(agent, "Download bill.pdf").waitFor();
    await expectAccessible(agent, "log");
    await expectAccessible(ann, "customer");
    await inLog(agent, "Open holiday photo.png").click();
    const viewer = agent.getByRole("dialog", { name: "Picture" });
    await expect.poll(() => viewer.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(900);
    await expectAccessible(agent, "lightbox");
    await agent.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    expect(await agent.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Open holiday photo.png",
    );

    for (const how of ["paste", "drop"]) {
      await agent.locator("textarea[name=content]").evaluate((box, how) => {
        const data = new DataTransfer();
        data.items.add(new File(["a,b\n1,2\n"], `${how}.csv`, { type: "text/csv" }));
        const event =
          how === "paste"
            ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
        box.dispatchEvent(event);
      }, how);
      await uploads(agent).locator("[data-state=done]").waitFor();
      await send(agent);
      await inLog(ann, `Download ${how}.csv`).waitFor();
    }
    const beside = agent.getByRole("region", { name: "4 files" });
    expect(await beside.getByRole("link").evaluateAll((all) => all.map((one) => one.getAttribute("title")))).toEqual([
      "drop.csv",
      "paste.csv",
      "bill.pdf",
      "holiday photo.png",
    ]);
    await beside.getByRole("link", { name: "Open holiday photo.png" }).click();
    await viewer.waitFor();
    await agent.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    await ann.reload();
    await inLog(ann, "Download drop.csv").waitFor();
  });

  test("progress is seen; stopping leaves nothing here, there or on the disk; what fails keeps the text", async () => {
    const { ann } = await talk("eko");
    const before = await stored();
    const client = await ann.context().newCDPSession(ann);
    await client.send("Network.enable");
    await client.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 400_000,
    });
    writeFileSync(join(folder, "large.txt"), "x".repeat(4_000_000));
    await ann.locator("textarea[name=content]").fill("The log");
    await fileInput(ann).setInputFiles(join(folder, "large.txt"));
    const bar = uploads(ann).locator("progress");
    await expect.poll(() => bar.evaluate((one: HTMLProgressElement) => one.value)).toBeGreaterThan(0);
    await ann.getByRole("button", { name: "Stop uploading large.txt" }).click();
    await uploads(ann).waitFor({ state: "detached" });
    await client.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    expect(await ann.locator("textarea[name=content]").inputValue()).toBe("The log");
    expect(await stored()).toEqual(before);

    await fileInput(ann).setInputFiles([page_, bill]);
    await uploads(ann).getByText("Files of this kind are not taken here").waitFor();
    await uploads(ann).locator("[data-state=done]").waitFor();
    await expectAccessible(ann, "refused");
    await ann.getByRole("button", { name: "Remove page.html" }).click();
    await ann.getByRole("button", { name: "Remove bill.pdf" }).click();
    await expect.poll(stored).toEqual(before);

    await fileInput(ann).setInputFiles(bill);
    await uploads(ann).locator("[data-state=done]").waitFor();
    await ann.reload();
    await uploads(ann).getByText("Files do not survive a reload").waitFor();
    expect(await ann.locator("textarea[name=content]").inputValue()).toBe("The log");
  });
});

test("without scripts: one form with a text and files; when one is refused, the text and the others stay", async () => {
  const agent = await stage.signIn("fitri", { javaScriptEnabled: false });
  await choose(agent, "Online");
  const ann = await stage.visit({ javaScriptEnabled: false });
  await startChat(ann, "Hello", "Ann");
  await ann.locator("textarea[name=content]").fill("Two files");
  await fileInput(ann).setInputFiles([bill, page_]);
  await send(ann);
  await ann.getByText(/page\.html: Files of this kind/).waitFor();
  expect(await ann.locator("textarea[name=content]").inputValue()).toBe("Two files");
  expect(await ann.getByLabel("Goes with the message").isChecked()).toBe(true);
  await fileInput(ann).setInputFiles(picture);
  await send(ann);
  const log = frameOf(ann);
  await log.getByRole("link", { name: "Open holiday photo.png" }).waitFor();
  await log.getByRole("link", { name: "Download bill.pdf" }).waitFor();
  await log.getByText("Two files").waitFor();

  await frameOf(agent, "Chats").getByRole("link", { name: /Ann/ }).click();
  await fileInput(agent).setInputFiles(bill);
  await send(agent);
  await expect.poll(() => log.getByRole("link", { name: "Download bill.pdf" }).count()).toBe(2);
  await agent.getByRole("region", { name: "3 files" }).waitFor();
  const admin = await stage.signIn("gita", { role: "admin", javaScriptEnabled: false });
  await admin.goto(`/admin/chats/${new URL(agent.url()).pathname.split("/").at(-1)}`);
  const beside = admin.getByRole("region", { name: "3 files" });
  expect(await beside.getByRole("link").allInnerTexts()).toEqual([
    expect.stringContaining("bill.pdf"),
    expect.stringContaining("holiday photo.png"),
    expect.stringContaining("bill.pdf"),
  ]);
  await ann.goto(new URL(agent.url()).pathname.replace("/cs", ""));
  await ann.getByText(/^holiday photo\.png · /).waitFor();
  await ann.getByRole("link", { name: "Download bill.pdf" }).first().waitFor();
  const text = await (await ann.request.get(`${new URL(ann.url()).pathname}.txt`)).text();
  expect(text).toMatch(/\[File: holiday photo\.png, [\d.]+ kB\]\n/);
  expect(text.match(/\[File: bill\.pdf, \d+ B\]/g)).toHaveLength(2);
});
