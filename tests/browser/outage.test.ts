import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { call } from "~/testing/caller";
import { databaseAway } from "~/testing/outage";
import { expectAccessible, withoutOurScripts } from "./accessible";
import { PASSWORD, setStage } from "./stage";
import { choose, expectSaid, frameOf, startChat } from "./talk";

const stage = setStage();
const plain = { javaScriptEnabled: false };
async function away() {
  const back = await databaseAway(process.env.DATABASE_URL ?? "");
  onTestFinished(back);
  return back;
}
const box = (page: Page) => page.locator("textarea[name=content]");
const send = (page: Page) => page.getByRole("button", { name: "Send", exact: true }).click();
const sendAgain = (page: Page) => page.getByRole("button", { name: "Send it again" }).click();

/** What stands in place of the page, with all that was typed. */
async function expectKept(page: Page, text: string) {
  await page
    .getByRole("heading", { name: /went wrong|could not be shown|did not work/ })
    .first()
    .waitFor();
  expect(await page.getByLabel("What you wrote").inputValue()).toBe(text);
}

test("a form that is sent while the database is away comes back with its text, and is sent once", async () => {
  const ann = await stage.visit();
  await withoutOurScripts(ann);
  await ann.goto("/");
  await startChat(ann, "Where is my parcel?", "Ann");
  await box(ann).fill("It was to come on Monday.\nIt is Thursday.");
  const back = await away();
  await send(ann);
  await expectKept(ann, "It was to come on Monday.\nIt is Thursday.");
  await expectAccessible(ann, "a form that came back");
  await sendAgain(ann);
  await expectKept(ann, "It was to come on Monday.\nIt is Thursday.");
  await back();
  await sendAgain(ann);
  await ann.waitForURL("/");
  await ann.goto("/chat/log");
  await expectSaid(ann, ["You: Where is my parcel?", "You: It was to come on Monday.\nIt is Thursday."]);
});

test("so does an agent's reply, and no password ever does", async () => {
  const agent = await stage.signIn("dewi", plain);
  await choose(agent, "Online");
  const ann = await stage.visit(plain);
  await startChat(ann, "Hello", "Ann");
  await agent.goto("/cs");
  await frameOf(agent, "Chats").getByRole("link", { name: /Ann/ }).click();
  await box(agent).fill("I look it up.");
  const stranger = await stage.visit({ ...plain, path: "/login" });
  await stranger.getByLabel("Username").fill("dewi");
  await stranger.getByLabel("Password", { exact: true }).fill(PASSWORD);
  const back = await away();
  await send(agent);
  await expectKept(agent, "I look it up.");
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await stranger.getByRole("link", { name: "Try again" }).waitFor();
  expect(await stranger.content()).not.toContain(PASSWORD);
  await back();
  await sendAgain(agent);
  await agent.waitForURL("**/cs/chats/*");
  await expectSaid(frameOf(agent), ["Ann: Hello", "You: I look it up."]);
});

test("a program is told when to come again", async () => {
  const { token } = await stage.world.customer("Hello");
  const back = await away();
  const { status, body, headers } = await call(stage.world.url, "/api/chat/messages", { token });
  expect({ status, code: body.error.code, again: headers.get("retry-after") }).toEqual({
    status: 503,
    code: "OVERLOADED",
    again: "2",
  });
  await back();
});
