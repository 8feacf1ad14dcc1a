import type { Page } from "playwright-core";

/** Longer than any transition of ours; an animation without an end is not waited for. */
const PATIENCE_MS = 1_000;

/** Waits until nothing moves any more, so that colours are what they come to be. */
export const still = (page: Page): Promise<unknown> =>
  page.evaluate(
    (patience) =>
      Promise.race([
        Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
        new Promise((resolve) => setTimeout(resolve, patience)),
      ]),
    PATIENCE_MS,
  );
