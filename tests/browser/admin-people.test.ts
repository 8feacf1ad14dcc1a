import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { setStage } from "./stage";
import { startChat } from "./talk";

const stage = setStage();
/** What the theme can break; the rest is the same in both. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];
const LOOKS = [
  ["light", 1440, null],
  ["light", 390, OF_COLOURS],
  ["dark", 1440, OF_COLOURS],
  ["dark", 390, null],
] as const;

async function check(page: Page, state: string): Promise<void> {
  for (const [colorScheme, width, rules] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    // A change of colours in flight is no state of the page: what is wrong is wrong twice.
    const axe = new AxeBuilder({ page });
    const audit = async () => (await (rules ? axe.withRules([...rules]) : axe).analyze()).violations;
    const found = (await audit()).length > 0 ? await audit() : [];
    expect
      .soft(
        found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
        `${state}, ${colorScheme}, ${width} px`,
      )
      .toEqual([]);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(tooWide, `${state}, ${width} px: wider than the screen`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 844 });
}

/** What an admin does in a morning; the same steps with scripts and without. */
async function morning(root: Page, name: string, look: (page: Page, state: string) => Promise<void>) {
  const key = name.split(" ")[0]!.toLowerCase();
  const go = (path: string) => root.goto(new URL(path, root.url()).href);
  await go("/admin/users/new");
  await root.getByLabel("Name", { exact: true }).fill(name);
  await root.getByLabel("Username").fill("Not a name");
  await root.getByRole("button", { name: "Add this person" }).click();
  await root.getByRole("alert").waitFor();
  expect(await root.getByLabel("Name", { exact: true }).inputValue()).toBe(name);
  await look(root, "a person refused");
  await root.getByLabel("Username").fill(key);
  await root.getByRole("button", { name: "Add this person" }).click();
  const link = await root.getByRole("textbox", { name: "Link for a new password" }).inputValue();
  await look(root, "a person added");
  await root.getByRole("link", { name: `Open ${name}` }).click();
  await root.getByLabel("Chats at a time").fill("3");
  await root.getByRole("button", { name: "Save" }).click();
  await root.getByText("Saved, and in force everywhere.").waitFor();
  await root.getByRole("button", { name: "Disable…" }).click();
  await look(root, "before somebody is disabled");
  await root.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await root.getByRole("button", { name: "Enable…" }).waitFor();
  await go("/admin/users?status=disabled");
  await root.getByRole("link", { name }).waitFor();
  await look(root, "people");
  await go("/admin/labels");
  if (!(await root.getByLabel("Name", { exact: true }).first().isVisible()))
    await root.locator("summary", { hasText: "Add a label" }).click();
  await root.getByLabel("Name", { exact: true }).first().fill(`refund ${key}`);
  await root.getByRole("button", { name: "Add", exact: true }).click();
  await root.locator("summary", { hasText: `refund ${key}` }).click();
  await look(root, "labels");
  const reply = `shortcut,title,content,category\n${key},Hi,Hello ${key},Open`;
  await go("/admin/canned/import");
  await root.getByLabel("Or paste it here").fill(`${reply}\nbad name,x,y,`);
  await root.getByRole("button", { name: "Check" }).click();
  await root.getByText("Lines to mend first: 1").waitFor();
  await look(root, "an import checked");
  await root.getByLabel("Or paste it here").fill(reply);
  await root.getByRole("button", { name: "Check again" }).click();
  await root.getByRole("button", { name: "Import 1 replies" }).click();
  await root.getByText("Imported.").waitFor();
  await root.locator("summary", { hasText: `Hello ${key}` }).click();
  await look(root, "shared replies");
  await go("/admin/settings");
  await root.getByLabel("Greeting").fill("Ask Acme");
  await root.getByLabel("Accent colour", { exact: true }).fill("#ffcc00");
  await root.getByRole("button", { name: "Save settings" }).click();
  await root.getByText("Nothing was saved").waitFor();
  expect(await root.getByLabel("Greeting").inputValue()).toBe("Ask Acme");
  await look(root, "settings refused");
  await root.getByLabel("Accent colour", { exact: true }).fill("");
  await root.getByLabel("Erase ended chats after days").fill("30");
  await root.getByRole("button", { name: "See what would go" }).click();
  await root.getByText("Tonight would go").waitFor();
  await root.getByLabel("Customers may erase their own ended chats").check();
  await root.getByRole("button", { name: "Save settings" }).click();
  await root.getByText("Saved, and in force everywhere.").waitFor();
  await go("/admin/activity");
  await root.locator("summary", { hasText: "disabled a person" }).first().click();
  await root.getByRole("button", { name: "Verify" }).click();
  await root.getByText("rows are as they were written").first().waitFor();
  await look(root, "activity");
  return link;
}

test("people, labels, replies, settings and the log, with scripts", async () => {
  const root = await stage.signIn("root", { role: "admin" });
  const link = await morning(root, "Budi Santoso", check);
  const budi = await stage.visit({ path: new URL(link).pathname });
  await budi.getByText("This link is over").waitFor();
  await check(budi, "a link that is over");
});

test("the same without scripts; a customer is erased, and another erases their own chat", async () => {
  const plain = { javaScriptEnabled: false };
  const root = await stage.signIn("plain", { role: "admin", ...plain });
  await morning(root, "Ina Wati", async () => {});
  const [ann, ben] = [await stage.visit(plain), await stage.visit(plain)];
  await startChat(ann, "Where is my parcel?", "Ann");
  await startChat(ben, "Hello", "Ben");
  await root.goto(new URL("/admin", root.url()).href);
  await root.getByRole("link", { name: "Ann" }).click();
  await root.getByRole("link", { name: "Data of this customer" }).click();
  await root.getByRole("button", { name: "Erase…" }).click();
  await root.getByRole("dialog").getByRole("button", { name: "Erase everything" }).click();
  await root.waitForURL("**/admin/chats");
  await ann.reload();
  await ann.getByLabel("Your message").waitFor();
  await ben.getByText("End chat").first().click();
  await ben.getByRole("button", { name: "End chat" }).click();
  await ben.getByRole("link", { name: "Print or download" }).click();
  await ben.getByRole("button", { name: "Erase this chat…" }).click();
  await ben.getByRole("dialog").getByRole("button", { name: "Erase" }).click();
  await ben.getByLabel("Your message").waitFor();
});
