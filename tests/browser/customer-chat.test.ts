import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { exec, one, sql } from "~/db.server";
import { z } from "zod";
import { setStage } from "./stage";
import { choose, expectSaid, frameOf, say, startChat } from "./talk";

const stage = setStage();
const PATIENCE = { timeout: 8_000 };
const newestChat = async () => {
  const row = z.object({ id: z.string() });
  return (await one(row, sql`select id from chat_sessions order by created_at desc limit 1`)).id;
};

test("a customer changes a message and takes one back, with the keyboard alone; the agent sees it", async () => {
  const agent = await stage.signIn("dewi");
  await choose(agent, "Online");
  const ann = await stage.visit();
  await startChat(ann, "Two parcles", "Ann");
  await say(ann, "Never mind");
  await expectSaid(ann, ["You: Two parcles", "You: Never mind"]);
  await agent.getByRole("link", { name: /Ann/ }).click();

  await ann.getByRole("button", { name: "Edit", exact: true }).first().focus();
  await ann.keyboard.press("Enter");
  await ann.getByRole("textbox", { name: "Edit the message" }).fill("Two parcels");
  await ann.keyboard.press("Enter");
  await expectSaid(ann, ["You: Two parcels", "You: Never mind"]);
  await expectSaid(agent, ["Ann: Two parcels", "Ann: Never mind"]);
  await agent.getByText("edited").waitFor();

  await ann.getByRole("button", { name: "Take back", exact: true }).nth(1).focus();
  await ann.keyboard.press("Enter");
  await ann.keyboard.press("Enter");
  const emptied = "This message was taken back";
  await expectSaid(ann, ["You: Two parcels", `You: ${emptied}`]);
  await expectSaid(agent, ["Ann: Two parcels", `Ann: ${emptied}`]);

  // After five minutes it stands.
  await exec(sql`update messages set created_at = created_at - interval '10 minutes'`);
  await ann.reload();
  await expectSaid(ann, ["You: Two parcels", `You: ${emptied}`]);
  expect(await ann.getByRole("button", { name: "Edit", exact: true }).count()).toBe(0);
});

test("what was being written is there on another device and without scripts, until it is sent", async () => {
  const ann = await stage.visit();
  await startChat(ann, "Hello", "Ann");
  const box = ann.getByRole("textbox", { name: "Message", exact: true });
  await box.fill("Half a sentence");
  const draft = z.object({ n: z.number() });
  const kept = async () => (await one(draft, sql`select count(*)::int as n from drafts`)).n;
  await expect.poll(kept, PATIENCE).toBe(1);
  const cookies = await ann.context().cookies();
  const phone = await stage.visit({ javaScriptEnabled: false });
  await phone.context().addCookies(cookies);
  await phone.goto(phone.url());
  expect(await phone.getByRole("textbox", { name: "Message", exact: true }).inputValue()).toBe("Half a sentence");
  await say(ann, "Half a sentence more");
  await expect.poll(kept, PATIENCE).toBe(0);
  await phone.goto(phone.url());
  expect(await phone.getByRole("textbox", { name: "Message", exact: true }).inputValue()).toBe("");
});

test.each([true, false])("nobody is online: an e-mail can be left (scripts: %s)", async (javaScriptEnabled) => {
  const ann = await stage.visit({ javaScriptEnabled });
  await startChat(ann, "Hello", "Ann");
  const view = javaScriptEnabled ? ann : frameOf(ann);
  await view.getByText("Nobody is online right now.").waitFor();
  await ann.getByLabel("Leave your e-mail").fill("ann@example.com");
  await ann.getByRole("button", { name: "Leave e-mail" }).click();
  await ann.getByText("You left ann@example.com").waitFor();
  const row = z.object({ customer_email: z.string() });
  const chat = await one(row, sql`select customer_email from chat_sessions where id = ${await newestChat()}`);
  expect(chat.customer_email).toBe("ann@example.com");
});

test("an agent who is gone for the moment: the place is kept, and said so after a reload too", async () => {
  const agent = await stage.signIn("gone");
  await choose(agent, "Online");
  const ann = await stage.visit();
  await startChat(ann, "Hello", "Ann");
  await ann.getByText("answers you").waitFor();
  await agent.close();
  // Pages keep their agent present for a while; this one did not come back.
  await exec(sql`delete from cs_leases`);
  await ann.getByText("We keep your place").waitFor({ timeout: 20_000 });
  await ann.reload();
  await ann.getByText("We keep your place").waitFor();
});

test("previews of typing: the customer is told, and one who refuses stays unseen", async () => {
  const agent = await stage.signIn("curious");
  await choose(agent, "Online");
  const boss = await stage.signIn("boss", { role: "admin" });
  await boss.goto(new URL("/admin/settings", boss.url()).href);
  await boss.getByLabel("Show what a customer types").check();
  await boss.getByRole("button", { name: "Save settings" }).click();
  await boss.getByText("Saved, and in force everywhere.").waitFor();
  const ann = await stage.visit();
  await startChat(ann, "Hello", "Ann");
  const frames: string[] = [];
  await agent.getByRole("link", { name: /Ann/ }).click();
  ann.on("websocket", (socket) => socket.on("framesent", ({ payload }) => frames.push(String(payload))));
  await ann.reload();
  const choice = ann.getByRole("checkbox", { name: /sees what I type/ });
  expect(await choice.isChecked()).toBe(true);
  const box = ann.getByRole("textbox", { name: "Message", exact: true });
  await ann.getByText("answers you").waitFor();
  await box.pressSequentially("abc");
  const previews = () => frames.filter((f) => f.includes('"customer:typing"') && f.includes('"preview"'));
  await expect.poll(() => previews().length).toBeGreaterThan(0);
  await choice.uncheck();
  await ann.reload();
  frames.length = 0;
  expect(await choice.isChecked()).toBe(false);
  await box.pressSequentially("def");
  await expect.poll(() => frames.some((f) => f.includes('"customer:typing"'))).toBe(true);
  expect(previews()).toEqual([]);
});

test("a chat of 10,000 messages opens with its end, goes back page by page, and stays small in the page", async () => {
  const ann = await stage.visit();
  await startChat(ann, "Hello", "Ann");
  const id = await newestChat();
  await exec(sql`
    insert into messages (session_id, seq, sender_type, message_type, client_id, content)
    select ${id}, n, 'customer', 'text', ${randomUUID()} || n, 'line ' || n from generate_series(50, 10000) n`);
  await exec(sql`update chat_sessions set last_seq = 10000 where id = ${id}`);
  const asked: string[] = [];
  ann.on("request", (request) => request.url().includes("/api/chat/messages") && asked.push(request.url()));
  await ann.reload();
  await ann.getByText("line 10000").waitFor();
  expect(asked).toEqual([]);
  const log = ann.getByRole("log");
  const rows = () => log.locator("li").count();
  const top = () => log.locator("li[data-seq]").first().getAttribute("data-seq").then(Number);
  const back = async () => {
    const before = await top();
    await log.evaluate((node) => node.scrollTo({ top: -node.scrollHeight }));
    await expect.poll(top, PATIENCE).toBeLessThan(before);
  };
  for (let i = 0; i < 12; i++) {
    await back();
    expect(await rows()).toBeLessThan(330);
  }
  expect(await top()).toBeLessThan(9_000);

  // What is being read stays where it is while the rows before it arrive.
  await log.evaluate((node) => node.scrollBy({ top: 900 }));
  const first = await top();
  const held = log.locator("li[data-seq]").nth(25);
  const seq = await held.getAttribute("data-seq");
  const row = log.locator(`li[data-seq="${seq}"]`);
  const place = async () => Math.round((await row.boundingBox())!.y);
  await row.evaluate((node) => node.scrollIntoView({ block: "center" }));
  await new Promise((resolve) => setTimeout(resolve, 600));
  const [at, from] = [await place(), await top()];
  if (from === first)
    await ann.getByRole("button", { name: "Earlier messages" }).evaluate((node: HTMLElement) => node.click());
  await expect.poll(top, PATIENCE).toBeLessThan(first);
  expect(Math.abs((await place()) - at)).toBeLessThan(3);

  await ann.getByRole("button", { name: "Newest messages" }).click();
  await ann.getByText("line 10000").waitFor();
  await say(ann, "the last word");
  await ann.getByText("the last word").waitFor();
  expect(await rows()).toBeLessThan(330);
});
