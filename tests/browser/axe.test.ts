import { Secret, TOTP } from "otpauth";
import { describe, test } from "vitest";
import { expectAccessible as check, withoutOurScripts } from "./accessible";
import { PASSWORD, setStage } from "./stage";
import { choose, say, startChat } from "./talk";

const stage = setStage();
describe("nothing for axe to complain about", () => {
  test("the customer's page: start, queue, chat, end", async () => {
    const agent = await stage.signIn("dewi");
    const ann = await stage.visit();
    await check(ann, "start");
    await startChat(ann, "Hello, see https://example.com/orders/7", "Ann");
    await check(ann, "queue");
    await choose(agent, "Online");
    await ann.getByText("Dewi", { exact: true }).waitFor();
    await say(ann, "Anybody?");
    await check(ann, "chat");
    await ann.getByText("End chat").first().click();
    await check(ann, "question before the end");
    await ann.getByRole("button", { name: "End chat" }).click();
    await ann.getByText("You ended it.").waitFor();
    await check(ann, "end");
    await ann.getByRole("link", { name: "Print or download" }).click();
    await ann.waitForURL("**/chats/*");
    await check(ann, "transcript");
  });

  test("/login: plain and refused", async () => {
    const page = await stage.visit({ path: "/login" });
    await check(page, "plain");
    await page.getByLabel("Username").fill("nobody");
    await page.getByLabel("Password", { exact: true }).fill("not it");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await check(page, "refused");
  });

  test("/cs: empty, with chats, in a chat, asking before it is resolved", async () => {
    const agent = await stage.signIn("ina");
    await check(agent, "offline and empty");
    await choose(agent, "Online");
    for (const name of ["Ann", "Ben"]) await startChat(await stage.visit(), "Hello", name);
    await agent.getByRole("link", { name: /Ben/ }).waitFor();
    await choose(agent, "Busy");
    await startChat(await stage.visit(), "Hello", "Cleo");
    await check(agent, "chats");
    await agent.getByRole("link", { name: /^Queue/ }).click();
    await agent.getByRole("button", { name: "Accept", exact: true }).waitFor();
    await check(agent, "queue");
    await agent.getByRole("link", { name: /^Mine/ }).click();
    await agent.getByRole("link", { name: /Ben/ }).click();
    await say(agent, "Hi Ben");
    await check(agent, "in a chat");
    await agent.keyboard.press("Control+f");
    await agent.getByRole("searchbox").fill("hi ben");
    await agent.getByRole("list", { name: "Messages that were found" }).getByRole("link").waitFor();
    await check(agent, "what was found in a chat");
    await agent.getByRole("list", { name: "Messages that were found" }).getByRole("link").click();
    await agent.getByText("1 of 1").waitFor();
    await check(agent, "a message that was found");
    await agent.getByRole("searchbox").fill("nobody said this");
    await agent.getByText("Nothing here says").waitFor();
    await check(agent, "nothing found");
    await agent.getByRole("link", { name: "Close the search" }).click();
    await agent.getByRole("button", { name: "Resolve" }).click();
    await check(agent, "before it is resolved");
  });

  test("/cs: handing over, a note, the hand-over card, alerts, own replies and ended chats", async () => {
    const [dewi, rosa] = [await stage.signIn("dewi-m"), await stage.signIn("rosa-m")];
    await choose(dewi, "Online");
    await startChat(await stage.visit(), "Hello", "Ann");
    await choose(rosa, "Online");
    await dewi.getByRole("link", { name: /Ann/ }).click();
    await dewi.getByRole("radio", { name: "Note" }).check({ force: true });
    await check(dewi, "a note");
    await dewi.getByRole("button", { name: "Hand over" }).click();
    await check(dewi, "handing over");
    await dewi.getByRole("radio", { name: /Rosa-m/ }).check();
    await dewi.getByLabel("Hand-over line").fill("Paid twice");
    await dewi.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
    await rosa.getByRole("link", { name: /Ann/ }).click();
    await rosa.getByText("Handed over by Dewi-m", { exact: true }).waitFor();
    await rosa.getByLabel("New label").fill("refund");
    await rosa.getByRole("button", { name: "Add the label" }).click();
    await rosa.getByRole("button", { name: "Remove refund" }).waitFor();
    await check(rosa, "handed over");
    await dewi.getByRole("button", { name: "Alerts" }).click();
    await check(dewi, "alerts");
    await dewi.keyboard.press("Escape");
    await dewi.keyboard.press("Control+k");
    await dewi.getByRole("combobox", { name: "Command bar" }).waitFor();
    await check(dewi, "command bar");
    await dewi.keyboard.press("Escape");
    await dewi.getByRole("combobox", { name: "Command bar" }).waitFor({ state: "hidden" });
    await dewi.keyboard.press("?");
    await dewi.getByRole("heading", { name: "Keyboard" }).waitFor();
    await check(dewi, "keys");
    for (const name of ["History", "Canned replies"]) {
      await dewi.goto(`${stage.world.url}/cs`);
      await dewi.getByRole("link", { name }).click();
      await dewi.getByRole("heading", { level: 1 }).last().waitFor();
      await check(dewi, name);
    }
  });

  test("/admin", async () => {
    const admin = await stage.signIn("root", { role: "admin" });
    await startChat(await stage.visit(), "Hello", "Ann");
    await check(admin, "board");
    await admin.getByRole("link", { name: "Ann" }).click();
    await admin.getByText("How it was assigned").waitFor();
    await check(admin, "looking inside");
    await admin.getByRole("link", { name: "Print" }).click();
    await admin.waitForURL("**/print");
    await check(admin, "print");
    await admin.goto(`${stage.world.url}/admin/chats`);
    await admin.getByRole("row").nth(1).waitFor();
    await check(admin, "everybody's chats");
    await admin.getByRole("link", { name: "Figures" }).click();
    await admin.getByRole("img", { name: /Chats by day/ }).waitFor();
    await check(admin, "figures");
    await admin.getByRole("link", { name: "Settings" }).click();
    await admin.getByRole("heading", { name: "Settings" }).waitFor();
    await check(admin, "settings");
    await admin.goto(`${stage.world.url}/api/docs`);
    await admin.getByRole("heading").first().waitFor();
    await check(admin, "calls");
  });

  test("/account, a second factor from setting it up to losing it, and a link for a new password", async () => {
    const nia = await stage.signIn("nia");
    await nia.goto("/account");
    await check(nia, "account");
    await nia.getByRole("button", { name: "Sign out everywhere…" }).click();
    await check(nia, "before signing out everywhere");
    await nia.keyboard.press("Escape");
    await nia.getByLabel("Present password").fill("not it");
    await nia.getByLabel("New password").fill("another long password");
    await nia.getByRole("button", { name: "Change password" }).click();
    await nia.getByText("That is not your password.").waitFor();
    await check(nia, "a password refused");
    await nia.getByRole("link", { name: "Set up" }).click();
    const code = nia.getByLabel("Code that the app shows");
    const password = nia.getByLabel("Your password", { exact: true });
    await code.fill("000000");
    await password.fill(PASSWORD);
    await nia.getByRole("button", { name: "Turn on" }).click();
    await nia.getByText("That code is not right").waitFor();
    await check(nia, "setting up, refused");
    const secret = Secret.fromBase32((await nia.locator("p.font-mono").innerText()).replaceAll(" ", ""));
    await code.fill(new TOTP({ secret }).generate());
    await password.fill(PASSWORD);
    await nia.getByRole("button", { name: "Turn on" }).click();
    await nia.getByRole("button", { name: "Print" }).waitFor();
    await check(nia, "recovery codes");
    await nia.getByRole("link", { name: "I have kept them" }).click();
    await nia.getByRole("link", { name: "Manage" }).click();
    await nia.getByRole("button", { name: "Turn off" }).waitFor();
    await check(nia, "managing");

    const again = await stage.visit({ path: "/login" });
    await again.getByLabel("Username").fill("nia");
    await again.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await again.getByRole("button", { name: "Sign in" }).click();
    await again.getByLabel("Code").fill("000000");
    await again.getByRole("button", { name: "Sign in" }).click();
    await again.getByText("That code is not right").waitFor();
    await check(again, "/login/code, refused");

    const admin = await stage.signIn("chief", { role: "admin" });
    await admin.goto("/admin/users");
    await admin.getByRole("link", { name: "Nia", exact: true }).click();
    await admin.getByRole("button", { name: "New password…" }).click();
    await admin.getByRole("button", { name: "Make the link" }).click();
    const link = await admin.getByRole("textbox", { name: "Link for a new password" }).inputValue();
    const reset = await stage.visit({ path: new URL(link).pathname });
    await reset.getByLabel("New password").fill("a new long password");
    await reset.getByLabel("Once more").fill("another");
    await reset.getByRole("button", { name: "Save and sign in" }).click();
    await reset.getByText("The two are not the same.").waitFor();
    await check(reset, "/reset, refused");
    await check(await stage.visit({ path: `/reset/${"x".repeat(43)}` }), "/reset, over");
    await admin.getByRole("button", { name: "Remove second factor…" }).click();
    await check(admin, "before a second factor is removed");
    await admin.getByRole("button", { name: "Remove it" }).click();
    await admin.getByText("The second factor is gone").waitFor();
    await nia.goto("/account");
    await nia.waitForURL("**/login**");
  });

  test("an address that is not there, a chat that is not open to one, everybody's chats, and a colleague beside one", async () => {
    await check(await stage.visit({ path: "/nowhere" }), "404");
    const [ida, boss] = [await stage.signIn("ida"), await stage.signIn("boss", { role: "admin" })];
    await ida.goto(`${stage.world.url}/cs/chats/00000000-0000-4000-8000-000000000000`);
    await ida.getByText("This chat is not open to you").waitFor();
    await check(ida, "a chat that is not there");
    await choose(ida, "Online");
    await startChat(await stage.visit(), "Hello", "Ann");
    await ida.getByRole("link", { name: /Ann/ }).click();
    await boss.goto(`${stage.world.url}/cs?list=all`);
    await boss.getByRole("link", { name: /Ann/ }).click();
    await boss.getByText("Ida has this chat open too").waitFor();
    await check(boss, "all chats, and a colleague");
    await boss.getByRole("button", { name: /Account of/ }).click();
    await check(boss, "account");
  });

  test("without scripts: the log in its frame, with a message being changed", async () => {
    const ann = await stage.visit({ javaScriptEnabled: false });
    await startChat(ann, "Hello", "Ann");
    const looking = await stage.visit({ storageState: await ann.context().storageState() });
    await withoutOurScripts(looking);
    // The frame that renews itself would be gone under the checker's hands; while one writes in it, it stays.
    await looking.goto(`${stage.world.url}/chat/log?edit=1`);
    await looking.getByLabel("Edit the message").waitFor();
    await check(looking, "a message being changed");
  });
});
