import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createCanned } from "~/canned/edit-canned.server";
import { sendMessage } from "~/chat/send-message.server";
import { many, sql } from "~/db.server";
import { hire } from "~/testing/cast.server";
import { setStage } from "./stage";
import { choose, expectSaid, frameOf, say, startChat } from "./talk";

const stage = setStage();
const plain = { javaScriptEnabled: false };
const box = (page: Page) => page.locator("textarea[name=content]");

async function inChat(username: string, customer: string, options = {}) {
  const agent = await stage.signIn(username, options);
  await choose(agent, "Online");
  const ann = await stage.visit();
  await startChat(ann, "Where is my parcel?", customer);
  const scope = "javaScriptEnabled" in options ? frameOf(agent, "Chats") : agent;
  await scope.getByRole("link", { name: new RegExp(customer) }).click();
  await agent.waitForURL("**/cs/chats/*");
  return { agent, ann };
}

describe("in a conversation", () => {
  test("a note is for colleagues, one's own message can be changed and taken back", async () => {
    const { agent, ann } = await inChat("dewi", "Ann");
    await agent.getByRole("radio", { name: "Note" }).check({ force: true });
    await box(agent).fill("Paid twice");
    await agent.getByRole("button", { name: "Add note" }).click();
    await agent.getByText("Note, only for colleagues").first().waitFor();
    await agent.getByRole("radio", { name: "Reply" }).check({ force: true });
    await say(agent, "It wil come");
    await ann.getByText("It wil come").waitFor();
    const row = agent.getByRole("log").getByRole("listitem").filter({ hasText: "It wil come" });
    await row.hover();
    await row.getByRole("button", { name: "Edit" }).click();
    await agent.getByLabel("Edit the message").fill("It will come");
    await agent.getByRole("button", { name: "Save" }).click();
    await ann.getByText("It will come").waitFor();
    const changed = agent.getByRole("log").getByRole("listitem").filter({ hasText: "It will come" });
    await changed.hover();
    await changed.getByRole("button", { name: "Take back" }).click();
    await changed.getByRole("button", { name: "Take back" }).click();
    await ann.getByText("This message was taken back").waitFor();
    expect(await ann.content()).not.toContain("Paid twice");
  });

  test("a reply that a colleague overtook is refused, keeps its text, and their answer is there", async () => {
    const { agent, ann } = await inChat("rosa", "Bea");
    const root = await hire("root");
    await agent.context().setOffline(true);
    await box(agent).fill("I look it up");
    await agent.keyboard.press("Control+Enter");
    const sessionId = /chats\/([\w-]+)/.exec(agent.url())?.[1] ?? "";
    await sendMessage({ ...root, role: "admin" }, { sessionId, clientId: "colleague", content: "It left yesterday" });
    await agent.context().setOffline(false);
    await agent.getByText("A colleague answered meanwhile").waitFor();
    await agent.getByRole("log").getByText("It left yesterday").waitFor();
    await expectSaid(ann, ["You: Where is my parcel?", "Root: It left yesterday"]);
    await agent.getByRole("button", { name: "Discard" }).click();
    expect(await box(agent).inputValue()).toBe("I look it up");
  });

  test("an unsent text is there on another device", async () => {
    const { agent } = await inChat("ina", "Cleo");
    await box(agent).fill("Half a sen");
    const state = await agent.context().storageState();
    await expect
      .poll(async () => {
        const other = await stage.visit({
          storageState: { ...state, origins: [] },
          path: new URL(agent.url()).pathname,
        });
        return box(other).inputValue();
      })
      .toBe("Half a sen");
    await say(agent, "Half a sentence");
    await expect.poll(() => many(z.object({ content: z.string() }), sql`select content from drafts`)).toEqual([]);
  });

  test("by forms: a note, a label, a hand-over that is refused and one that is not", async () => {
    const { agent, ann } = await inChat("mira", "Elsa", plain);
    await agent.getByRole("radio", { name: "Note" }).check({ force: true });
    await box(agent).fill("Paid twice");
    await agent.getByRole("button", { name: "Send", exact: true }).click();
    await frameOf(agent).getByText("Paid twice").waitFor();
    expect(await ann.content()).not.toContain("Paid twice");
    await agent.getByLabel("New label").fill("refund");
    await agent.getByRole("button", { name: "Add the label" }).click();
    await agent.getByRole("button", { name: "Remove refund" }).waitFor();

    const lars = await stage.signIn("lars", plain);
    await choose(lars, "Online");
    await agent.reload();
    await agent.getByRole("button", { name: "Hand over" }).first().click();
    await agent.getByRole("radio", { name: /Lars/ }).check();
    await agent.getByLabel("Hand-over line").fill("Paid twice, see the note");
    await choose(lars, "Offline");
    await agent.getByRole("dialog").getByRole("button", { name: "Hand over", exact: true }).click();
    await agent.getByText("Lars is offline.").waitFor();
    expect(await agent.getByLabel("Hand-over line").last().inputValue()).toBe("Paid twice, see the note");
    await choose(lars, "Online");
    await agent.goto(agent.url());
    await agent.getByRole("button", { name: "Hand over" }).first().click();
    await agent.getByRole("radio", { name: /Lars/ }).check();
    await agent.getByRole("dialog").getByRole("button", { name: "Hand over", exact: true }).click();
    await agent.waitForURL("**/cs");
    await frameOf(lars, "Chats").getByRole("link", { name: /Elsa/ }).waitFor();
  });

  test("the command bar finds chats, replies and pages; ? shows the keys; a new chat sounds until it is opened", async () => {
    const { agent } = await inChat("vera", "Gina");
    await agent.evaluate(countTones);
    await agent.keyboard.press("Control+k");
    await agent.getByRole("combobox", { name: "Command bar" }).fill("hist");
    await agent.keyboard.press("Enter");
    await agent.waitForURL("**/cs/history");
    await startChat(await stage.visit(), "Hello", "Hana");
    await expect.poll(() => tonesOf(agent)).toBeGreaterThan(2);
    await agent.keyboard.press("Control+k");
    await agent.getByRole("combobox", { name: "Command bar" }).fill("hana");
    await agent.keyboard.press("Enter");
    await agent.getByRole("heading", { name: "Hana" }).waitFor();
    await agent.getByRole("heading", { name: "Hana" }).click();
    await agent.keyboard.press("?");
    await agent.getByRole("heading", { name: "Keyboard" }).waitFor();
    await agent.keyboard.press("Escape");
    await agent.getByRole("heading", { name: "Keyboard" }).waitFor({ state: "detached" });
  });

  test("a new chat sounds in one of an agent's tabs", async () => {
    const { agent } = await inChat("tara", "Ida");
    const other = await agent.context().newPage();
    await other.goto(agent.url());
    await other.getByRole("heading", { name: "Ida" }).click();
    await agent.getByRole("heading", { name: "Ida" }).click();
    for (const tab of [agent, other]) await tab.evaluate(countTones);
    const tones = async () => (await Promise.all([agent, other].map(tonesOf))).reduce((sum, one) => sum + one, 0);
    await startChat(await stage.visit(), "Hello", "Juna");
    for (const tab of [agent, other]) await tab.getByRole("link", { name: /Juna/ }).waitFor();
    await expect.poll(tones).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await tones()).toBe(2);
  });

  test("two canned replies go into one reply, where the caret is; a message is copied; nothing moves who wants no motion", async () => {
    const { agent, ann } = await inChat("olga", "Ivo", {
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const [row] = await many(z.object({ id: z.number() }), sql`select id from users where username = 'olga'`);
    const olga = {
      kind: "staff" as const,
      userId: row!.id,
      username: "olga",
      name: "Olga",
      role: "cs" as const,
      sid: "",
    };
    await createCanned(olga, { shortcut: "hi", title: "Hello", content: "Hello {{customer.name|there}}," });
    await createCanned(olga, { shortcut: "late", title: "Late", content: "it is late, says {{agent.name}}." });
    await agent.reload();
    await box(agent).pressSequentially("/hi");
    await agent.getByRole("option", { name: /Hello/ }).waitFor();
    const moving = () =>
      agent.evaluate(
        () =>
          document.getAnimations().filter(({ effect }) => effect && effect.getComputedTiming().duration !== 0).length,
      );
    expect(await moving()).toBe(0);
    await agent.keyboard.press("Enter");
    await box(agent).pressSequentially(" truly /late");
    await agent.getByRole("option", { name: /Late/ }).waitFor();
    await agent.keyboard.press("Enter");
    await agent.keyboard.press("Home");
    await box(agent).pressSequentially("> ");
    const said = "> Hello Ivo, truly it is late, says Olga.";
    expect(await box(agent).inputValue()).toBe(said);
    await agent.getByRole("button", { name: "Send", exact: true }).click();
    await ann.getByText(said).waitFor();
    const message = agent.getByRole("log").getByRole("listitem").filter({ hasText: "says Olga" });
    await message.hover();
    await message.getByRole("button", { name: "Copy" }).click();
    await message.getByRole("button", { name: "Copied" }).waitFor();
    expect(await agent.evaluate(() => navigator.clipboard.readText())).toBe(said);
  });

  test("own canned replies and ended chats, by forms", async () => {
    const { agent } = await inChat("nora", "Fay", plain);
    await say(agent, "It left the depot");
    await agent.getByRole("button", { name: "Resolve" }).click();
    await agent.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
    await agent.waitForURL("**/cs");
    await agent.getByRole("link", { name: "History" }).click();
    await agent.getByRole("searchbox").fill("DEPOT");
    await agent.getByRole("button", { name: "Search" }).click();
    await agent.getByRole("link", { name: /Fay/ }).click();
    await agent.getByText("This chat has ended.").waitFor();
    await agent.goto(`${stage.world.url}/cs/canned`);
    await agent.getByLabel("Title").fill("Depot");
    await agent.getByLabel("Shortcut").fill("no spaces here");
    await agent.getByLabel("Text").fill("It left the depot");
    await agent.getByRole("button", { name: "Save" }).click();
    await agent.getByText("Letters, digits, - and _, as in order-status.").waitFor();
    expect(await agent.getByLabel("Title").inputValue()).toBe("Depot");
    await agent.getByLabel("Shortcut").fill("depot");
    await agent.getByRole("button", { name: "Save" }).click();
    await agent.getByText("/depot").click();
    await agent.getByRole("button", { name: "Delete" }).click();
    await agent.getByText("You have none of your own yet.").waitFor();
  });

  // Last: the address that is blocked is everybody's here.
  test("labels, the customer's time, and a visitor who is blocked after a question", async () => {
    const { agent, ann } = await inChat("lena", "Dora");
    await agent.getByLabel("New label").fill("refund");
    await agent.getByRole("button", { name: "Add the label" }).click();
    await agent.getByRole("button", { name: "Remove refund" }).click();
    await agent.getByRole("button", { name: "Remove refund" }).waitFor({ state: "detached" });
    await agent.getByRole("button", { name: "Block this visitor" }).click();
    await agent.getByRole("button", { name: "Block", exact: true }).click();
    await agent.waitForURL("**/cs");
    await ann.getByText("Lena closed it as resolved.").waitFor();
  });
});

/** In the page: from now on each tone that it makes is counted. */
function countTones() {
  const heard = window as unknown as { tones: number };
  heard.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (this: OscillatorNode, at?: number) {
    heard.tones++;
    start.call(this, at);
  };
}

const tonesOf = (page: Page) => page.evaluate(() => (window as unknown as { tones: number }).tones);
