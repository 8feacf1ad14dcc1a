import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { setStage } from "./stage";
import { choose, expectSaid, frameOf, say, startChat } from "./talk";

const stage = setStage();
const plain = { javaScriptEnabled: false };
const box = (page: Page) => page.locator("textarea[name=content]");

describe("without scripts", () => {
  test("a customer and an agent talk by forms, until it is resolved and rated", async () => {
    const ann = await stage.visit(plain);
    await startChat(ann, "Where is my parcel?", "Ann");
    await frameOf(ann).getByText("Nobody is online right now. The answer will be here.").waitFor();

    const agent = await stage.signIn("dewi", plain);
    await choose(agent, "Busy");
    await frameOf(agent, "Chats").getByRole("link", { name: "Queue" }).click();
    await agent.waitForURL("**/cs?list=queue");
    await frameOf(agent, "Chats").getByRole("button", { name: "Accept" }).click();
    await agent.waitForURL("**/cs/chats/*");
    await expectSaid(frameOf(agent), ["Ann: Where is my parcel?"]);
    for (const frame of await agent.locator("iframe").all()) {
      expect((await frame.boundingBox())?.height).toBeGreaterThan(400);
    }
    await say(agent, "I look it up.");

    await box(ann).fill("half a sentence");
    await expectSaid(frameOf(ann), ["You: Where is my parcel?", "Dewi: I look it up."]);
    expect(await box(ann).inputValue()).toBe("half a sentence");
    await ann.getByRole("button", { name: "Refresh" }).click();
    await frameOf(ann).getByText("answers you").waitFor();
    expect(await box(ann).inputValue()).toBe("half a sentence");
    await say(ann, "Thank you");
    await expectSaid(frameOf(agent), ["Ann: Where is my parcel?", "You: I look it up.", "Ann: Thank you"]);

    await box(ann).fill("half a sentence");
    await frameOf(ann).getByRole("link", { name: "Edit" }).last().click();
    await frameOf(ann).getByLabel("Edit the message").fill("Thank you, Dewi");
    await frameOf(ann).getByRole("button", { name: "Save" }).click();
    await expectSaid(frameOf(agent), ["Ann: Where is my parcel?", "You: I look it up.", "Ann: Thank you, Dewi"]);
    expect(await box(ann).inputValue()).toBe("half a sentence");
    await frameOf(agent).getByRole("link", { name: "Edit" }).click();
    await frameOf(agent).getByLabel("Edit the message").fill("x".repeat(8_001));
    await frameOf(agent).getByRole("button", { name: "Take back" }).click();
    const takenBack = "This message was taken back";
    await expectSaid(frameOf(ann), ["You: Where is my parcel?", `Dewi: ${takenBack}`, "You: Thank you, Dewi"]);
    await expectSaid(frameOf(agent), ["Ann: Where is my parcel?", `You: ${takenBack}`, "Ann: Thank you, Dewi"]);

    await agent.getByRole("button", { name: "Resolve" }).click();
    await agent.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
    await agent.waitForURL("**/cs");
    await frameOf(ann).getByRole("link", { name: "This chat has ended" }).click();
    await ann.getByText("Dewi closed it as resolved.").waitFor();
    await ann.getByTitle("4 stars: good").click();
    await ann.getByLabel("Anything to add?").fill("quick");
    await ann.getByRole("button", { name: "Send rating" }).click();
    await ann.getByText("Thank you. You gave 4 of 5.").waitFor();
  });

  test("what is refused keeps what was typed", async () => {
    const stranger = await stage.visit({ ...plain, path: "/login" });
    await stranger.getByLabel("Username").fill("wrong");
    await stranger.getByLabel("Password", { exact: true }).fill("not it");
    await stranger.getByRole("button", { name: "Sign in" }).click();
    await stranger.getByRole("alert").waitFor();
    expect(await stranger.getByLabel("Username").inputValue()).toBe("wrong");

    const ann = await stage.visit(plain);
    const long = "x".repeat(8_001);
    await startChat(ann, "Hello");
    await say(ann, long);
    await ann.getByRole("alert").waitFor();
    expect(await box(ann).inputValue()).toBe(long);
    await say(ann, "short");
    await expectSaid(frameOf(ann), ["You: Hello", "You: short"]);
  });

  test("what comes too late for a chat that ended is kept", async () => {
    const agent = await stage.signIn("late", plain);
    const ann = await stage.visit(plain);
    await choose(agent, "Online");
    await startChat(ann, "Hello", "Ann");
    await frameOf(agent, "Chats").getByRole("link", { name: /Ann/ }).click();
    await box(agent).fill("One moment");
    await ann.getByText("End chat").first().click();
    await ann.getByRole("button", { name: "End chat" }).click();
    await ann.getByText("You ended it.").waitFor();
    await agent.getByRole("button", { name: "Send", exact: true }).click();
    await agent.getByText("This chat has ended. Your text is kept.").waitFor();
    expect(await agent.getByLabel("Not sent").inputValue()).toBe("One moment");
  });

  test("pressed twice: one message; going back sends nothing again, and keeps what is half written", async () => {
    const ann = await stage.visit(plain);
    await startChat(ann, "Hello");
    await box(ann).fill("twice");
    await ann.getByRole("button", { name: "Send", exact: true }).dblclick();
    await expectSaid(frameOf(ann), ["You: Hello", "You: twice"]);
    await say(ann, "once");
    await expectSaid(frameOf(ann), ["You: Hello", "You: twice", "You: once"]);
    await ann.goBack();
    await box(ann).fill("half a sentence");
    await ann.goto(`${stage.world.url}/robots.txt`);
    await ann.goBack();
    expect(await box(ann).inputValue()).toBe("half a sentence");
    await expectSaid(frameOf(ann), ["You: Hello", "You: twice", "You: once"]);
  });
});
