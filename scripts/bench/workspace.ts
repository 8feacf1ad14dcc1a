import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../app/testing/browser.ts";
import { onEnd, undoAll } from "../faults/cleanup.ts";
import { PROGRAM } from "./contestants.ts";
import { query, startDatabase } from "./database.ts";
import { goal } from "./goals.ts";
import { customerPlaces, heradeskEnv, PASSWORD, seatPeople } from "./heradesk.ts";
import { startLoad } from "./load-process.ts";
import { startServer } from "./processes.ts";
import { ms, table, whole } from "./table.ts";
import { keyToPaint, LONG_MS, watchPage, type Watched } from "./watch-page.ts";

const CHATS = 50;
const PER_SECOND = 100;
const SIZE = { width: 1440, height: 900 };
const SETTLE_MS = 3_000;
const SHORT_CHAT = 10;
const LONG_CHAT = 10_000;
const KEYS = 120;

/** What an agent's browser makes of a busy day, and of a very long chat. In Chromium, headless. */
export async function benchWorkspace(quick: boolean) {
  const seconds = quick ? 3 : 20;
  const database = await startDatabase();
  const url = await database.empty("bench_workspace");
  // As a trial: then the address that it listens at is the page's origin.
  const { APP_ORIGIN: _, ...env } = heradeskEnv(url);
  const program = await startServer([PROGRAM], { ...env, LOCAL_TRIAL: "true" });
  const { customers } = await seatPeople(url, CHATS, CHATS);
  const [short, long] = customers.map(({ chat }) => chat);
  await fill(url, short ?? "", SHORT_CHAT);
  await fill(url, long ?? "", quick ? 1_000 : LONG_CHAT);
  const browser = await launchBrowser();
  onEnd(() => browser.close());
  const page = await signIn(browser, `http://127.0.0.1:${program.port}`);
  const calm = [await open(page, short ?? "", "10"), await open(page, long ?? "", whole(quick ? 1_000 : LONG_CHAT))];
  const load = startLoad();
  await load.connect({ places: customerPlaces(program.port, customers), dialect: "frames", atOnce: 10 });
  const busy = [];
  for (const where of ["the list alone", "beside a chat"]) {
    await page.goto(where === "the list alone" ? "/cs" : `/cs/chats/${short}`);
    await delay(SETTLE_MS);
    const watched = await watchPage(page);
    await load.open({ customers: CHATS, perSecond: PER_SECOND, seconds });
    busy.push({ where, ...(await watched()) });
  }
  await undoAll();
  console.log(`\nan agent with ${CHATS} chats that get ${PER_SECOND} messages a second, for ${seconds} s\n`);
  console.log(table(BUSY, busy.map(busyRow)));
  console.log(`\none chat, ${KEYS} keys typed into its reply\n`);
  console.log(table(CALM, calm.map(calmRow)));
  return { busy, calm, goals: goalsOf(busy, calm) };
}

const BUSY = [
  "screen",
  "rows of news",
  "tasks > 50 ms",
  "longest ms",
  "of them by our own work",
  "longest of our work",
  "rows changed/message",
  "moved/message",
  "DOM changes/message",
];
const busyRow = (b: Watched & { where: string }) => [
  b.where,
  whole(b.messages),
  b.longTasks.length,
  ms(Math.max(0, ...b.longTasks)),
  longWork(b),
  ms(b.work[0] ?? NaN),
  ms(b.rowsTouched / b.messages),
  ms(b.rowsMoved / b.messages),
  ms(b.changes / b.messages),
];

const longWork = ({ work }: Watched) => work.filter((ms) => ms > LONG_MS).length;

interface Opened {
  messages: string;
  requests: number;
  rows: number;
  rowsAfterScrolling: number;
  p50: number;
  p99: number;
}

const CALM = ["messages", "requests to open", "rows in the page", "after scrolling back", "key to paint p50 ms", "p99"];
const calmRow = (c: Opened) => [c.messages, c.requests, c.rows, c.rowsAfterScrolling, ms(c.p50), ms(c.p99)];

function goalsOf(busy: (Watched & { where: string })[], calm: Opened[]) {
  const [short, long] = calm;
  return [
    ...busy.map((b) => goal(`rows changed for each message, ${b.where}`, b.rowsTouched / b.messages, { most: 1.2 })),
    ...busy.map((b) => goal(`tasks > 50 ms a second, ${b.where}`, b.longTasks.length / b.seconds, { most: 0.5 })),
    ...busy.map((b) => goal(`of them by our own work, ${b.where}`, longWork(b) / b.seconds, { most: 0.1 })),
    goal("requests to open the long chat", long?.requests ?? NaN, { most: 2 }),
    goal("rows in the page, scrolled far back", long?.rowsAfterScrolling ?? NaN, { most: 400 }),
    goal("key to paint, p50: long ÷ short chat", (long?.p50 ?? NaN) / (short?.p50 ?? NaN), { most: 1.5 }),
  ];
}

async function signIn(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: SIZE, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByLabel("Username").fill("bench-0");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/cs");
  await delay(SETTLE_MS);
  return page;
}

/** From the list, by a click, as an agent does. */
async function open(page: Page, chat: string, messages: string): Promise<Opened> {
  await page.goto("/cs");
  await delay(SETTLE_MS);
  let requests = 0;
  const count = (request: { resourceType(): string; url(): string }) => {
    if (["document", "fetch", "xhr"].includes(request.resourceType())) requests++;
  };
  page.on("request", count);
  await page.locator(`a[href^="/cs/chats/${chat}"]`).click();
  const log = page.getByRole("log");
  await log.waitFor();
  await delay(SETTLE_MS);
  page.off("request", count);
  const rowsOf = () => log.locator("li").count();
  const rows = await rowsOf();
  const { p50, p99 } = await keyToPaint(page, KEYS);
  for (let i = 0; i < 12; i++) {
    await log.evaluate((box) => box.scrollTo({ top: -box.scrollHeight }));
    await delay(250);
  }
  return { messages, requests, rows, rowsAfterScrolling: await rowsOf(), p50, p99 };
}

async function fill(url: string, chat: string, messages: number) {
  await query(
    url,
    `insert into messages (session_id, seq, sender_type, client_id, content)
     select $1, n, case when n % 2 = 0 then 'cs' else 'customer' end, 'fill-' || n, 'Message number ' || n
     from generate_series(1, $2::integer) n`,
    [chat, messages],
  );
  await query(
    url,
    `update chat_sessions set last_seq = $2, last_customer_seq = $2 - 1, last_cs_seq = $2, cs_read_seq = $2 where id = $1`,
    [chat, messages],
  );
}
