import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { launchBrowser } from "~/testing/browser";
import type { Conversation } from "./conversation";
import { bundle } from "./testing/bundle";
import { startSmallDesk, type SmallDesk } from "./testing/small-desk";

declare global {
  interface Window {
    client: { open(patient: boolean): Conversation };
    chat: Conversation;
  }
}

let browser: Browser;
let script: string;
let desk: SmallDesk;
let context: BrowserContext;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), bundle(new URL("./testing/page.ts", import.meta.url))]);
});
afterAll(() => browser.close());

beforeEach(async () => {
  desk = await startSmallDesk();
  desk.pages.set("/", ["text/html", `<script src="/client.js"></script><script>chat = client.open(false)</script>`]);
  desk.pages.set("/patient", [
    "text/html",
    `<script src="/client.js"></script><script>chat = client.open(true)</script>`,
  ]);
  desk.pages.set("/client.js", ["text/javascript", script]);
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await desk.stop();
});

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 8000, interval: 30 });
const origin = () => desk.url.replace("ws", "http").replace("/ws/chat", "");
const send = (page: Page, text: string) => page.evaluate((content) => window.chat.send(content), text);
const state = (page: Page) => page.evaluate(() => window.chat.getSnapshot().connection);
const pending = (page: Page) => page.evaluate(() => window.chat.getSnapshot().pending.map(({ content }) => content));
const shown = (page: Page) => page.evaluate(() => window.chat.getSnapshot().messages.map(({ content }) => content));
const stored = () => desk.log.map(({ content }) => content);

async function openTab(path = "/"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin() + path);
  return page;
}

/** Pages and calls go through, sockets and messages do not. */
function hold(held: boolean): void {
  desk.faults.blockUpgrades = held && "refuse";
  desk.faults.httpStatus = held ? 503 : 200;
  if (held) desk.cut();
}

test("written without a connection, reloaded, connected again: all of it once and in order", async () => {
  const tab = await openTab();
  await eventually(async () => expect(await state(tab)).toBe("live"));
  hold(true);
  for (const text of ["one", "two", "three"]) await send(tab, text);
  await tab.reload();
  expect(await pending(tab)).toEqual(["one", "two", "three"]);
  hold(false);
  await eventually(async () => expect(await shown(tab)).toEqual(["one", "two", "three"]));
  expect(stored()).toEqual(["one", "two", "three"]);
  expect(await pending(tab)).toEqual([]);
  expect(await tab.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test("two tabs see each other's unsent texts and send them once, in the order of writing", async () => {
  hold(true);
  const [left, right] = [await openTab(), await openTab()];
  await send(left, "one");
  await send(right, "two");
  await send(left, "three");
  await eventually(async () => expect(await pending(left)).toEqual(["one", "two", "three"]));
  await eventually(async () => expect(await pending(right)).toEqual(["one", "two", "three"]));
  desk.faults.sendTakesMs = 300;
  hold(false);
  for (const tab of [left, right]) {
    await eventually(async () => expect(await shown(tab)).toEqual(["one", "two", "three"]));
    await eventually(async () => expect(await pending(tab)).toEqual([]));
  }
  expect(desk.sent()).toEqual(["one", "two", "three"]);
});

test("a tab that is closed while it sends leaves its text to the other", async () => {
  desk.faults.intercept = ({ event }) => event.endsWith("send_message");
  const left = await openTab();
  await send(left, "one");
  await eventually(() => expect(desk.sent()).toEqual(["one"]));
  const right = await openTab();
  const inLine = () => right.evaluate(async () => (await navigator.locks.query()).pending?.length);
  await eventually(async () => expect(await inLine()).toBe(1));
  desk.faults.intercept = () => false;
  await left.close();
  await eventually(async () => expect(await shown(right)).toEqual(["one"]));
  expect(stored()).toEqual(["one"]);
});

test("offline is noticed at once, online brings it back at once", async () => {
  const tab = await openTab("/patient");
  await eventually(async () => expect(await state(tab)).toBe("live"));
  await context.setOffline(true);
  await eventually(async () => expect(await state(tab)).not.toBe("live"));
  await send(tab, "from the train");
  await context.setOffline(false);
  await eventually(async () => expect(await shown(tab)).toEqual(["from the train"]));
});

test.each(["pageshow on window", "visibilitychange on document"])("%s ends the wait", async (news) => {
  hold(true);
  const tab = await openTab("/patient");
  await eventually(async () => expect(await state(tab)).toBe("waiting"));
  hold(false);
  await tab.evaluate((named) => {
    const [event = "", , target] = named.split(" ");
    (target === "window" ? window : document).dispatchEvent(new Event(event));
  }, news);
  await eventually(async () => expect(await state(tab)).toBe("live"));
});

test("sockets blocked, and free again", async () => {
  desk.faults.blockUpgrades = "refuse";
  const tab = await openTab();
  await eventually(async () => expect(await state(tab)).toBe("polling"));
  await send(tab, "hello");
  desk.write("from Dewi");
  await eventually(async () => expect((await shown(tab)).toSorted()).toEqual(["from Dewi", "hello"]));
  desk.faults.blockUpgrades = false;
  await tab.evaluate(() => window.dispatchEvent(new Event("online")));
  await eventually(async () => expect(await state(tab)).toBe("live"));
  await send(tab, "bye");
  await eventually(async () => expect(await shown(tab)).toEqual(stored()));
});
