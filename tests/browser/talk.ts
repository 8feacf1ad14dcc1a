import type { FrameLocator, Page } from "playwright-core";
import { expect } from "vitest";

/** The customer's first message, from the landing page. */
export async function startChat(page: Page, message: string, name?: string): Promise<void> {
  await page.getByLabel("Your message").fill(message);
  if (name) await page.getByLabel("Name (optional)").fill(name);
  await page.getByRole("button", { name: "Start the chat" }).click();
  await page.getByRole("textbox", { name: "Message", exact: true }).waitFor();
}

/** The agent's status. The button shows it at once, so the server is asked whether it is so. */
export async function choose(page: Page, status: "Online" | "Busy" | "Offline"): Promise<void> {
  const button = page.getByRole("button", { name: status, exact: true });
  await button.click();
  const stored = async () => (await (await page.request.get("/api/cs/status")).json()).status;
  await expect.poll(stored).toBe(status.toLowerCase());
  await expect.poll(() => button.getAttribute("aria-pressed")).toBe("true");
}

/** Writes into the one box there is to write in, on either side. */
export async function say(page: Page, text: string): Promise<void> {
  await page.locator("textarea[name=content]").fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** "Ann: Hello" for every message on the screen, from the top; one's own begin with "You". */
export async function said(page: Page | FrameLocator): Promise<string[]> {
  const texts = await page.getByRole("log").locator("li div.whitespace-pre-wrap").allInnerTexts();
  return texts.map((text) => text.replace(":\n", ": "));
}

/** Exactly these, in this order, nothing twice. */
export async function expectSaid(page: Page | FrameLocator, messages: string[]): Promise<void> {
  await expect.poll(() => said(page)).toEqual(messages);
}

/** Without scripts what is live renews itself in a frame; the workspace has two, of lists and of the conversation. */
export function frameOf(page: Page, title = "Conversation"): FrameLocator {
  return page.frameLocator(`iframe.no-script-log[title*="${title}"]`);
}
