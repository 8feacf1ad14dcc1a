import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { still } from "~/testing/still";

/** What the theme can break; the rest is the same in both. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];
const LOOKS = [
  ["light", 1440, null],
  ["light", 390, null],
  ["dark", 1440, OF_COLOURS],
  ["dark", 320, OF_COLOURS],
] as const;

/** Nothing for axe to complain about and nothing wider than the screen: in both themes, on a wide screen and on a phone. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const [colorScheme, width, rules] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    // A change of colours in flight is no state of the page: what is wrong is wrong twice.
    const found = (await complaints(page, rules)).length > 0 ? await complaints(page, rules) : [];
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(tooWide, `${state}, ${width} px: wider than the screen`).toBeLessThanOrEqual(0);
    expect.soft(found, `${state}, ${colorScheme}, ${width} px`).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 844 });
}

async function complaints(page: Page, rules: readonly string[] | null): Promise<string[]> {
  await still(page);
  // Once for each page: half a megabyte, four times for each state, was most of what a look took.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    type Run = (context: Document, options: RunOptions) => Promise<AxeResults>;
    const { axe } = window as unknown as { axe: { run: Run } };
    const { violations } = await axe.run(document, {
      resultTypes: ["violations"],
      ...(only && { runOnly: [...only] }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, rules);
}

/** The checker needs scripts: it looks at what a browser without them is given, in one that has them. */
export const withoutOurScripts = (page: Page) =>
  page.route("**/build/**", (route) =>
    route.request().resourceType() === "script" ? route.abort() : route.continue(),
  );
