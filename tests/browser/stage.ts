import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterEach, beforeAll, vi } from "vitest";
import { hashPassword } from "~/auth/password.server";
import { exec, sql } from "~/db.server";
import { launchBrowser } from "~/testing/browser";
import { hire } from "~/testing/cast.server";
import { startWorld } from "../world";

export const PASSWORD = "a long enough password";
const PATIENCE_MS = 20_000;
// A machine that does other things too takes its time with a browser.
vi.setConfig({ testTimeout: 180_000 });

export interface Visit extends BrowserContextOptions {
  instance?: number;
  path?: string;
}

/** The program (one or more of it), one browser and a cast whose everyone has a profile of their own. */
export function setStage(instances = 1, env: Record<string, string> = {}) {
  const world = startWorld(instances, env);
  const contexts: BrowserContext[] = [];
  let browser: Browser;
  let hash: string;
  beforeAll(async () => {
    [browser, hash] = await Promise.all([launchBrowser(), hashPassword(PASSWORD)]);
    return () => browser.close();
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  // Agents and customers of an earlier test must not meet those of the next.
  afterEach(async () => {
    await exec(sql`update cs_status set status = 'offline'`);
    await exec(
      sql`update chat_sessions set status = 'resolved', ended_at = now(), end_reason = 'admin' where ended_at is null`,
    );
  });

  async function visit({ instance = 0, path = "/", ...options }: Visit = {}): Promise<Page> {
    const { url } = world.instances[instance]!;
    const context = await browser.newContext({ locale: "en-GB", baseURL: url, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  /** Somebody of the staff who signs in with a password and comes to their first page. */
  async function signIn(username: string, { role = "cs", ...options }: Visit & { role?: "cs" | "admin" } = {}) {
    const staff = await hire(username, role, 5);
    await exec(sql`update users set password_hash = ${hash} where id = ${staff.userId}`);
    const page = await visit({ path: "/login", ...options });
    await page.getByLabel("Username").fill(username);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(role === "admin" ? "**/admin" : "**/cs");
    return page;
  }

  return { world, visit, signIn, browser: () => browser };
}
