import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { exec, sql } from "~/db.server";
import { crowd } from "~/testing/crowd.server";
import { indexAll } from "~/reports/index-search.server";
import { setStage } from "./stage";
import { startChat } from "./talk";

const stage = setStage();
const plain = { javaScriptEnabled: false };
beforeEach(() => exec(sql`delete from visitors`));

test("without scripts: search, filter, page, read, print, choose a range, and what is wrong is said", async () => {
  await startChat(await stage.visit(plain), "Where is my refund for HD-1234?", "Ann");
  await crowd(60, { status: "resolved" });
  await indexAll();
  const admin = await stage.signIn(`root-${randomUUID().slice(0, 8)}`, { role: "admin", ...plain });
  await admin.getByRole("link", { name: "Chats", exact: true }).click();
  expect(await admin.getByRole("row").count()).toBe(26);
  await admin.getByRole("link", { name: "Older" }).click();
  await admin.getByRole("link", { name: "Newer" }).click();
  await admin.getByLabel("Words in the messages").fill('"refund for" -parcel');
  await admin.getByRole("button", { name: "Search" }).click();
  await admin.locator("mark", { hasText: "refund" }).waitFor();
  await admin.getByText("Filters").click();
  await admin.getByLabel("Status").selectOption("resolved");
  await admin.getByRole("button", { name: "Apply" }).click();
  await admin.getByText("Nothing fits").waitFor();
  expect(await admin.getByLabel("Words in the messages").inputValue()).toBe('"refund for" -parcel');
  await admin.getByLabel("Waited at least, minutes").fill("soon");
  await admin.getByRole("button", { name: "Apply" }).click();
  await admin.getByText("Write a number of minutes.").first().waitFor();
  expect(await admin.getByLabel("Waited at least, minutes").inputValue()).toBe("soon");
  await admin.goto("/admin/chats?customer=Amn");
  await admin.getByRole("link", { name: "Ann" }).click();
  await admin.getByText("How it was assigned").waitFor();
  await admin.getByRole("link", { name: "Print" }).click();
  await admin.getByText("Where is my refund for HD-1234?").waitFor();

  await admin.getByRole("link", { name: "Figures" }).click();
  await admin.getByRole("link", { name: "28 days" }).click();
  expect(await admin.getByRole("img", { name: /Chats by day/ }).count()).toBe(1);
  await admin.getByText("The numbers").click();
  expect(await admin.getByRole("region", { name: "Chats by day" }).getByRole("row").count()).toBe(29);
  await admin.getByLabel("From", { exact: true }).fill("2026-02-02");
  await admin.getByLabel("To", { exact: true }).fill("2026-02-01");
  await admin.getByRole("button", { name: "Show" }).click();
  await admin.getByText("The first day comes after the last.").waitFor();
});

test("with scripts: the export counts, can be given up, and no cell is a formula", async () => {
  await startChat(await stage.visit(), "Hello", "=1+1");
  await crowd(1_500, { status: "resolved" });
  const admin = await stage.signIn(`root-${randomUUID().slice(0, 8)}`, { role: "admin" });
  await admin.goto("/admin/chats");
  const downloading = admin.waitForEvent("download");
  await admin.getByRole("link", { name: "CSV" }).click();
  const file = await (await downloading).createReadStream();
  let text = "";
  for await (const piece of file) text += String(piece);
  const lines = text.trim().split("\r\n");
  expect(lines).toHaveLength(1_502);
  expect(text).toContain(",'=1+1,");
  await admin.getByRole("link", { name: "JSON" }).waitFor();

  let refuse = () => {};
  await admin.route("**/admin/chats.json*", (route) => {
    refuse = () => void route.abort().catch(() => {});
  });
  await admin.getByRole("link", { name: "JSON" }).click();
  await admin.getByText("Counting…").waitFor();
  await admin.getByRole("button", { name: "Cancel" }).click();
  await admin.getByRole("link", { name: "JSON" }).waitFor();
  refuse();
});
