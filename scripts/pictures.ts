import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { closeDb, exec, sql } from "~/db.server";
import { launchBrowser } from "~/testing/browser";
import { atDesk, hire } from "~/testing/cast.server";
import { startProgram } from "~/testing/program";
import { startTestPostgres } from "./test-postgres.mjs";

/** Draws the pictures of the README from the running program, on a database of its own with people who do not exist. */
const FOLDER = fileURLToPath(new URL("../public/pictures/", import.meta.url));
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36";
const SIZE = { width: 1440, height: 860 };
const PHONE = { width: 390, height: 844 };

const ANN = {
  name: "Ann Carter",
  from: "/orders/8841",
  text: "Hello! My order #8841 says delivered, but nothing has arrived. Can you have a look?",
};
const OTHERS = [
  { name: "Jonas Weber", from: "/returns", text: "How long do I have to send the jacket back?" },
  { name: "Siti Rahma", from: "/checkout", text: "Can I still change the delivery address?" },
];
const AT_ADA = [
  { name: "Marek Novák", from: "/", text: "Do you ship to Slovakia?" },
  { name: "Lucy Park", from: "/invoice", text: "I need an invoice with my company's name on it." },
];
const WAITING = [
  { name: "Tom Reed", from: "/sizes", text: "Is the blue one true to size?" },
  { name: "Amira Haddad", from: "/cart", text: "My voucher is not accepted." },
];

await mkdir(FOLDER, { recursive: true });
const postgres = await startTestPostgres();
Object.assign(process.env, { DATABASE_URL: postgres.url, JWT_SECRET: "only-for-pictures-0123456789abcdef0123456789" });
const program = await startProgram({ databaseUrl: postgres.url, env: { RATE_LIMIT_FACTOR: "0" } });
await promisify(execFile)(process.execPath, ["build/index.js", "--seed"], {
  env: { ...process.env, LOCAL_TRIAL: "true" },
});
const browser = await launchBrowser();
try {
  await play(browser);
} finally {
  await browser.close();
  await program.stop();
  await closeDb();
  await postgres.discard();
}

async function play(browser: Browser): Promise<void> {
  const dewi = await signIn(browser, "cs");
  await press(dewi, "Online");
  const ann = await begin(browser, ANN);
  await dewi.getByRole("link", { name: /Ann/ }).click();
  await say(dewi, "Hello Ann, this is Dewi. I am looking it up right now.");
  await say(dewi, "The carrier left it with your neighbour at number 14: https://example.com/track/8841");
  await ann.getByText("number 14").waitFor();
  for (const customer of OTHERS) await begin(browser, customer);
  await dewi.getByRole("link", { name: /Siti/ }).waitFor();
  await press(dewi, "Busy");
  await atDesk(await hire("ada", "cs", AT_ADA.length));
  await atDesk(await hire("noor"), "offline");
  for (const customer of AT_ADA) await begin(browser, customer);
  for (const customer of WAITING) await begin(browser, customer);
  await say(ann, "Oh, that is good to know. I will ask there. Thank you!");
  await dewi.getByText("that is good to know").first().waitFor();
  await growOlder();
  for (const page of [ann, dewi]) await page.reload();
  const [stranger, admin] = [await visit(browser, "/"), await signIn(browser, "admin")];
  const pictures: Picture[] = [
    { name: "landing", page: stranger },
    { name: "login", page: stranger, path: "/login" },
    { name: "customer", page: ann },
    { name: "customer-phone", page: ann, size: PHONE },
    { name: "workspace", page: dewi },
    { name: "workspace-phone", page: dewi, size: PHONE },
    { name: "search", page: dewi, before: () => find(dewi, "neighbour") },
    { name: "canned", page: dewi, path: "/cs/canned" },
    { name: "ended", page: ann, before: () => end(ann) },
    { name: "history", page: dewi, path: "/cs/history" },
    { name: "admin", page: admin },
    { name: "chats", page: admin, path: "/admin/chats" },
    { name: "people", page: admin, path: "/admin/users" },
    { name: "settings", page: admin, path: "/admin/settings" },
    { name: "account", page: admin, path: "/account" },
  ];
  for (const picture of pictures) await draw(picture);
}

/** One line for each screen; they are drawn in this order, each in both themes. */
interface Picture {
  name: string;
  page: Page;
  path?: string;
  size?: typeof SIZE;
  before?(): Promise<void>;
}

/** As if they had taken their time. */
async function growOlder(): Promise<void> {
  await exec(sql`
    update chat_sessions s set queued_at = queued_at - age, created_at = created_at - age, last_message_at = last_message_at - age
    from (select id, make_interval(secs => 31 * row_number() over (order by id desc)) as age from chat_sessions) ages
    where ages.id = s.id`);
  await exec(sql`
    update messages m set created_at = s.queued_at + make_interval(secs => 43 * (m.seq - 1))
    from chat_sessions s where s.id = m.session_id`);
}

async function visit(browser: Browser, path: string, from?: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: program.url,
    userAgent: CHROME,
    viewport: SIZE,
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(path, from ? { referer: `https://shop.example${from}` } : {});
  return page;
}

async function begin(browser: Browser, { name, from, text }: typeof ANN): Promise<Page> {
  const page = await visit(browser, "/", from);
  await page.getByLabel("Your message").fill(text);
  await page.getByLabel("Name (optional)").fill(name);
  await page.getByRole("button", { name: "Start the chat" }).click();
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  return page;
}

async function signIn(browser: Browser, username: "cs" | "admin"): Promise<Page> {
  const page = await visit(browser, "/login");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(`${username}123`);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`**/${username}`);
  return page;
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForLoadState("networkidle");
}

async function say(page: Page, text: string): Promise<void> {
  await page.locator("textarea[name=content]").fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("log").getByText("Sending…").waitFor({ state: "detached" });
}

async function find(page: Page, text: string): Promise<void> {
  await page.getByRole("link", { name: "Search in this chat" }).click();
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("list", { name: "Messages that were found" }).getByRole("link").first().click();
  await page.getByText("1 of ").waitFor();
}

async function end(page: Page): Promise<void> {
  await page.getByText("End chat").first().click();
  await page.getByRole("button", { name: "End chat" }).click();
  await page.getByText("You ended it.").waitFor();
}

async function draw({ name, page, path, size = SIZE, before }: Picture): Promise<void> {
  await page.setViewportSize(size);
  if (path) await page.goto(program.url + path);
  await before?.();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    await page.screenshot({ path: `${FOLDER}${name}${colorScheme === "dark" ? "-dark" : ""}.png` });
  }
}
