import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../../app/testing/browser.ts";
import { arrive, PASSWORD, until, type Cast } from "./cast.ts";
import { onEnd } from "./cleanup.ts";
import type { Observer, Row } from "./history.ts";
import type { Recorder } from "./recorder.ts";
import type { World } from "./world.ts";

const WRITE_EVERY_MS = 700;
const PATIENCE_MS = 20_000;
/** A long log shows its end only; a shorter one must stand there whole. */
const ROWS_SHOWN = 100;

interface Came {
  seq: number;
  at: number;
}

interface Shown {
  seq: number;
  text: string;
}

interface Screen {
  page: Page;
  observer: Observer;
  came: Came[];
}

let browser: Browser | undefined;

/** A customer and the agent of that chat in a real browser: what stands in their pages is what counts. */
export async function openBrowserPair(world: World, record: Recorder, cast: Cast, run: string) {
  if (!browser) {
    const launched = (browser = await launchBrowser());
    onEnd(async () => {
      browser = undefined;
      await launched.close();
    });
  }
  const customer = await arrive(world, record, `${run}-browser`);
  const holder = () => cast.agents.find((agent) => agent.open().some((c) => c.sessionId === customer.chat));
  await until(() => holder() !== undefined, 10_000);
  const agent = holder();
  if (!agent) throw new Error("nobody has the browser's chat");
  cast.beside.set(`customer:${customer.name}`, customer.chat);

  const contexts: BrowserContext[] = [];
  const url = world.http("any");
  const enter = async (observer: Observer, path: string, prepare: (context: BrowserContext) => Promise<unknown>) => {
    const context = await browser!.newContext({ baseURL: url, locale: "en-GB" });
    contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    await prepare(context);
    const screen: Screen = { page: await context.newPage(), observer, came: [] };
    await screen.page.exposeBinding("rowCame", (_, row: Came) => screen.came.push(row));
    await screen.page.addInitScript(watchRows);
    await screen.page.goto(path);
    return screen;
  };
  const ann = await enter(record.observer(`customer:${customer.name}/browser`, "customer"), "/", (context) =>
    context.addCookies([{ name: "hd_customer", value: customer.token, url }]),
  );
  const dewi = await enter(record.observer(`${agent.id}/browser`, "cs"), `/cs/chats/${customer.chat}`, (context) =>
    context.request.post("/api/auth/login", { data: { username: agent.name, password: PASSWORD } }),
  );
  record.presence.push({ agent: agent.id, from: Date.now(), to: null });

  const written: string[] = [];
  let writing = Promise.resolve();
  const timer = setInterval(() => (writing = writing.then(write).catch(() => {})), WRITE_EVERY_MS);

  async function write() {
    const text = `from the browser ${run} ${written.length + 1}`;
    const line = { chat: customer.chat, side: "customer" as const, sender: `customer:${customer.name}` };
    const box = ann.page.locator("textarea[name=content]");
    await box.fill(text);
    record.attempt({ ...line, clientId: `unsent-${text}`, text, at: Date.now() });
    written.push(text);
    await box.press("Control+Enter");
    // Now and then somebody presses F5.
    if (written.length % 8 === 0) await ann.page.reload();
  }

  return {
    stop() {
      clearInterval(timer);
      return writing;
    },
    /** Waits for the newest row, then notes what stands there. */
    async collect(rowsOf: (chat: string) => Promise<Row[]>) {
      const [chat] = await world.query<{ cs_id: number | null }>("select cs_id from chat_sessions where id = $1", [
        customer.chat,
      ]);
      // Handed to a colleague, the chat goes on without this agent.
      const screens = chat?.cs_id === agent.userId ? [ann, dewi] : [ann];
      for (const screen of screens) {
        const isThere = async () => {
          const newest = (await rowsOf(customer.chat)).findLast((row) => row.visibility === "all")?.seq;
          return newest === (await standing(screen.page)).at(-1)?.seq;
        };
        const complete = await until(isThere, PATIENCE_MS).catch(() => false);
        record.claim("the browser shows the newest message", complete, screen.observer.id);
      }
      const allSent = async () => {
        const texts = new Set((await rowsOf(customer.chat)).map((row) => row.text));
        return written.every((text) => texts.has(text));
      };
      record.claim("the browser's texts are stored", await until(allSent, PATIENCE_MS), `${written.length} written`);
      if (written.length === 0) record.claim("the browser writes", false, "nothing");
      const unsent = await ann.page.evaluate(() => JSON.stringify(Object.values(localStorage)));
      const shown = [await standing(ann.page), await standing(dewi.page)];
      const rows = await rowsOf(customer.chat);
      for (const [i, screen] of [ann, dewi].entries()) fill(screen, shown[i] ?? [], rows, screens.includes(screen));
      for (const attempt of record.attempts.values()) {
        if (!attempt.clientId.startsWith("unsent-from the browser")) continue;
        const row = rows.find(({ text }) => text === attempt.text);
        if (row?.clientId) attempt.clientId = row.clientId;
        else attempt.left = unsent.includes(attempt.text) ? "kept" : "gone";
      }
      await Promise.all(contexts.map((context) => context.close()));
    },
  };
}

/** A page has no names: they are looked up by place, and the text must be the one that is stored there. */
function fill({ observer, came }: Screen, shown: Shown[], rows: Row[], holds: boolean) {
  const chat = rows[0]?.chat ?? "";
  const lineAt = (seq: number) => {
    const { side = "system", clientId = null, text = "" } = rows.find((row) => row.seq === seq) ?? {};
    return { chat, seq, side, clientId, text };
  };
  // Each loading of the page shows all rows anew; the order in which they first came is what counts.
  const first = [...new Map(came.map(({ seq, at }) => [seq, at])).entries()];
  observer.sightings = first.map(([seq, at]) => ({ ...lineAt(seq), at, own: lineAt(seq).side === observer.side }));
  observer.rendered = shown.map(({ seq, text }) => {
    const line = lineAt(seq);
    // What happened is said in the reader's own language.
    return line.side === "system" || text.includes(line.text) ? line : { ...line, text };
  });
  observer.completeIn = holds && rows.length < ROWS_SHOWN ? [chat] : [];
}

const standing = (page: Page): Promise<Shown[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("[role=log] [data-seq]")].map((row) => ({
      seq: Number(row.dataset.seq),
      text: row.innerText,
    })),
  );

/** Runs in the page, before its own scripts. */
function watchRows() {
  const known = new Set<string>();
  const tell = (window as unknown as { rowCame(row: Came): void }).rowCame;
  new MutationObserver(() => {
    for (const row of document.querySelectorAll<HTMLElement>("[role=log] [data-seq]")) {
      const { seq = "" } = row.dataset;
      if (known.has(seq)) continue;
      known.add(seq);
      tell({ seq: Number(seq), at: Date.now() });
    }
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-seq"] });
}
