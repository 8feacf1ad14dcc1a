import { afterAll, expect, test, vi } from "vitest";
import { launchBrowser } from "~/testing/browser";
import { cloneDatabase } from "~/testing/database.server";
import { startProgram } from "~/testing/program";

const database = await cloneDatabase();
afterAll(database.drop);

test("the program serves, drains on SIGTERM and ends with 0", async () => {
  const program = await startProgram({ databaseUrl: database.url });
  await vi.waitFor(async () => expect((await fetch(`${program.url}/api/health`)).status).toBe(200));
  expect(await program.stop()).toBe(0);
});

test("a program that cannot start says why", async () => {
  const starting = startProgram({ databaseUrl: database.url, env: { PORT: "many" } });
  await expect(starting).rejects.toThrow("PORT: ");
});

test("the browser draws text", async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent("<p style='display:inline-block;font:32px sans-serif'>Ada and Dewi</p><p>…</p>");
    const { width } = await page
      .locator("p")
      .first()
      .evaluate((p) => p.getBoundingClientRect());
    expect(width).toBeGreaterThan(100);
    const drawn = await page.locator("p").first().screenshot();
    const blank = await page.locator("p").last().screenshot();
    expect(drawn.length).toBeGreaterThan(blank.length);
  } finally {
    await browser.close();
  }
});
