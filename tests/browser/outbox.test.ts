import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { setStage } from "./stage";
import { choose, expectSaid, say, startChat } from "./talk";

const stage = setStage();

test("written without a network and reloaded: sent once, in order, when it is back", async () => {
  const agent = await stage.signIn("dewi");
  await choose(agent, "Online");
  const ann = await stage.visit();
  await startChat(ann, "Hello", "Ann");
  await agent.getByRole("link", { name: /Ann/ }).click();
  await say(agent, "Hi Ann");
  await expectSaid(ann, ["You: Hello", "Dewi: Hi Ann"]);

  await servePagesOffline(ann);
  await ann.context().setOffline(true);
  const unsent = ["one", "two", "three"];
  for (const text of unsent) await say(ann, text);
  const shown = ["You: Hello", "Dewi: Hi Ann", ...unsent.map((text) => `You: ${text}`)];
  await expectSaid(ann, shown);
  await ann.getByText("Connection lost. Your messages are kept").waitFor();
  await ann.reload();
  await expectSaid(ann, shown);
  await ann.getByText("Sending…").waitFor();
  await say(agent, "Still there?");
  await expectSaid(agent, ["Ann: Hello", "You: Hi Ann", "You: Still there?"]);

  await ann.context().setOffline(false);
  await ann.getByText("Sending…").waitFor({ state: "detached" });
  await expectSaid(ann, ["You: Hello", "Dewi: Hi Ann", "Dewi: Still there?", "You: one", "You: two", "You: three"]);
  await expectSaid(agent, ["Ann: Hello", "You: Hi Ann", "You: Still there?", "Ann: one", "Ann: two", "Ann: three"]);
  expect(await ann.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test("where sockets are blocked, both sides talk through plain requests", async () => {
  const agent = await stage.signIn("ina");
  await blockSockets(agent);
  await choose(agent, "Online");
  const ann = await stage.visit();
  await blockSockets(ann);
  await startChat(ann, "Hello", "Ann");
  await agent.getByRole("link", { name: /Ann/ }).click();
  await say(agent, "Hi Ann");
  await expectSaid(ann, ["You: Hello", "Ina: Hi Ann"]);
  await say(ann, "How are you?");
  await expectSaid(agent, ["Ann: Hello", "You: Hi Ann", "Ann: How are you?"]);
});

/** A page that can be loaded although nothing else gets through, as from a cache. */
async function servePagesOffline(page: Page): Promise<void> {
  const isCall = ({ pathname }: URL) => pathname.startsWith("/api/");
  await page.context().route(
    (url) => !isCall(url),
    async (route) => route.fulfill({ response: await route.fetch() }),
  );
}

async function blockSockets(page: Page): Promise<void> {
  await page.context().routeWebSocket(/\/ws\//, (socket) => socket.close());
  await page.reload();
}
