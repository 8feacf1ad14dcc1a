import { describe, expect, test } from "vitest";
import { setStage } from "./stage";
import { choose, expectSaid, say, startChat } from "./talk";

const stage = setStage(2);

describe.each([
  ["on one instance", 0],
  ["on two instances", 1],
])("a customer and an agent %s", (_, instance) => {
  test("talk, live, until it is resolved and rated", async () => {
    const agent = await stage.signIn(`dewi${instance}`, { instance });
    const name = `Dewi${instance}`;
    await choose(agent, "Online");
    const ann = await stage.visit();
    await startChat(ann, "Where is my parcel?", "Ann");
    await agent.getByRole("link", { name: /^A?Ann/ }).click();
    await expectSaid(agent, ["Ann: Where is my parcel?"]);
    await ann.getByText(name, { exact: true }).waitFor();
    for (const page of [ann, agent]) {
      await page.reload();
      // A noscript that is laid out shows its markup as text.
      expect(await page.evaluate(() => document.body.innerText)).not.toContain("<iframe");
    }

    await say(agent, "I look it up.");
    await expectSaid(ann, ["You: Where is my parcel?", `${name}: I look it up.`]);
    await ann.getByRole("textbox", { name: "Message" }).pressSequentially("Th");
    await agent.getByText("Ann is typing…").waitFor();
    await say(ann, "Thank you");
    await expectSaid(agent, ["Ann: Where is my parcel?", "You: I look it up.", "Ann: Thank you"]);

    const ben = await stage.visit();
    await startChat(ben, "Hello?", "Ben");
    const bens = agent.getByRole("link", { name: /Ben/ });
    await bens.getByText("1 unread").waitFor();
    await say(ben, "Anybody?");
    await bens.getByText("2 unread").waitFor();
    await expect.poll(() => agent.title()).toMatch(/^\(2\) /);
    await bens.click();
    await expectSaid(agent, ["Ben: Hello?", "Ben: Anybody?"]);
    await bens.getByText("unread").waitFor({ state: "detached" });
    await expect.poll(() => agent.title()).not.toMatch(/^\(/);

    // What is read in one tab is read in the other, and a line stands before what was new.
    await agent.getByRole("link", { name: /Ann/ }).click();
    const tab = await agent.context().newPage();
    await tab.goto("/cs");
    await say(ben, "Hello again");
    const rows = [bens, tab.getByRole("link", { name: /Ben/ })];
    for (const row of rows) await row.getByText("1 unread").waitFor();
    await bens.click();
    await agent.getByRole("log").getByText("New", { exact: true }).waitFor();
    for (const row of rows) await row.getByText("unread").waitFor({ state: "detached" });
    await tab.close();

    await agent.getByRole("link", { name: /Ann/ }).click();
    await agent.getByRole("button", { name: "Resolve" }).click();
    await agent.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
    await ann.getByText(`${name} closed it as resolved.`).waitFor();
    await agent.getByRole("link", { name: /Ann/ }).waitFor({ state: "detached" });
    await ann.getByTitle("5 stars: very good").click();
    await ann.getByLabel("Anything to add?").fill("quick");
    await ann.getByRole("button", { name: "Send rating" }).click();
    await ann.getByText("Thank you. You gave 5 of 5.").waitFor();
  });
});
