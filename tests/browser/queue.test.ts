import { expect, test } from "vitest";
import { setStage } from "./stage";
import { choose, frameOf, startChat } from "./talk";

const stage = setStage();

test.each([
  ["live", true],
  ["after a refresh, without scripts", false],
])("three who wait see 1, 2, 3 become 1, 2: %s", async (_, javaScriptEnabled) => {
  const agent = await stage.signIn(javaScriptEnabled ? "dewi" : "ina");
  await choose(agent, "Busy");
  const [ann, ben, cleo] = [
    await stage.visit({ javaScriptEnabled }),
    await stage.visit({ javaScriptEnabled }),
    await stage.visit({ javaScriptEnabled }),
  ];
  await startChat(ann, "Hello", "Ann");
  await startChat(ben, "Hello", "Ben");
  await startChat(cleo, "Hello", "Cleo");
  const places = async () => {
    const all = [];
    for (const page of [ann, ben, cleo]) {
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Refresh" }).click();
      const view = javaScriptEnabled ? page : frameOf(page);
      all.push(await view.getByRole("status").first().locator("p").first().innerText());
    }
    return all;
  };
  await expect.poll(places).toEqual(["You are next", "You are number 2", "You are number 3"]);
  if (javaScriptEnabled) {
    await choose(agent, "Offline");
    await ann.getByText("Nobody is online right now").waitFor();
    await cleo.getByLabel("Leave your e-mail").waitFor();
    await choose(agent, "Busy");
    await ann.getByText("Nobody is online right now").waitFor({ state: "detached" });
    await cleo.getByLabel("Leave your e-mail").waitFor({ state: "detached" });
  }
  await agent.getByRole("link", { name: /^Queue/ }).click();
  await agent.getByRole("listitem").filter({ hasText: "Ann" }).getByRole("button", { name: "Accept" }).click();
  await expect.poll(places).toEqual([expect.stringMatching(/^(Dewi|Ina)$/), "You are next", "You are number 2"]);
});
