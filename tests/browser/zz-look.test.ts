import type { Page } from "playwright-core";
import { test } from "vitest";
import { setStage } from "./stage";
import { choose, say, startChat } from "./talk";
const stage = setStage();
async function look(page: Page, name: string, dark = true) {
  await page.waitForTimeout(400);
  for (const w of [1440, 390])
    for (const c of dark ? (["light", "dark"] as const) : (["light"] as const)) {
      await page.emulateMedia({ colorScheme: c });
      await page.setViewportSize({ width: w, height: w === 390 ? 844 : 900 });
      await page.waitForTimeout(250);
      await page.screenshot({ path: `/tmp/look/${name}-${w}-${c}.png` });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}
test("look", { timeout: 240_000 }, async () => {
  const ann = await stage.visit({ viewport: { width: 1440, height: 900 } });
  await look(ann, "1-start");
  await startChat(ann, "Hello! My order #8841 says delivered, but nothing is here. Can you look?", "Ann Carter");
  await look(ann, "2-kept");
  const agent = await stage.signIn("dewi");
  await look(agent, "5-cs-offline");
  await agent.getByRole("link", { name: /^Team/ }).click();
  await look(agent, "5-cs-team", false);
  await agent.getByRole("link", { name: /^Mine/ }).click();
  await choose(agent, "Online");
  await agent.getByRole("link", { name: /Ann/ }).waitFor();
  await look(agent, "6-cs-one");
  await agent.getByRole("link", { name: /Ann/ }).click();
  await say(agent, "Hello Ann, this is Dewi. I am looking it up right now.");
  await say(agent, "Which address did you give?\nhttps://example.com/track/8841");
  for (const n of ["Ben", "Cleo Maximiliane von und zu Hohenstein-Schwarzenberg", ""])
    await startChat(await stage.visit(), "Hi there, do you ship to Norway? " + n, n || undefined);
  await choose(agent, "Busy");
  for (const n of ["Emil", "Fay"]) await startChat(await stage.visit(), "Where is my invoice?", n);
  await say(ann, "12 Harbour Street. Thank you!");
  await look(ann, "3-chat");
  await look(agent, "7-cs-chat");
  await agent.getByRole("button", { name: "Canned replies" }).click();
  await look(agent, "7-cs-canned", false);
  await agent.keyboard.press("Escape");
  await agent.getByRole("link", { name: /^Queue/ }).click();
  await look(agent, "8-cs-queue", false);
  await agent.goto(agent.url().replace(/\/cs.*/, "/cs"));
  await look(agent, "8-cs-next", false);
  const admin = await stage.signIn("root", { role: "admin" });
  await look(admin, "9-admin");
  await admin.goto(stage.world.url + "/admin/settings");
  await look(admin, "9-settings", false);
  await agent.getByRole("link", { name: /Ann/ }).click();
  await agent.getByRole("button", { name: "Resolve" }).click();
  await look(agent, "7-cs-resolve", false);
  await agent.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await ann.getByText("closed it as resolved").waitFor();
  await look(ann, "4-ended");
  await ann.getByTitle("4 stars: good").click();
  await look(ann, "4-rating", false);
  await ann.getByRole("link", { name: "Print or download" }).click();
  await look(ann, "4-transcript", false);
  await ann.goto(stage.world.url + "/?new");
  await look(ann, "4-new", false);
  const login = await stage.visit({ path: "/login" });
  await look(login, "5-login");
  await look(await stage.visit({ path: "/nowhere" }), "9-404", false);
  // without scripts
  const bob = await stage.visit({ javaScriptEnabled: false });
  await look(bob, "n1-start", false);
  await startChat(bob, "Hello without scripts", "Bob");
  await look(bob, "n2-chat", false);
  const ina = await stage.signIn("ina", { javaScriptEnabled: false });
  await look(ina, "n5-cs", false);
  await choose(ina, "Online");
  await look(ina, "n6-cs", false);
  await ina.goto(stage.world.url + "/cs?list=queue");
  await look(ina, "n6-queue", false);
  await bob.getByText("End chat").first().click();
  await look(bob, "n3-end", false);
});
