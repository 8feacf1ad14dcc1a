import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { exec, sql } from "~/db.server";
import { defaultSettings } from "~/settings/settings.server";
import { setStage } from "./stage";
import { choose, frameOf, say, startChat } from "./talk";

const stage = setStage();
const box = (page: Page) => page.locator("textarea[name=content]");
const log = (page: Page) => page.getByRole("log");
const chatOf = (page: Page) => /chats\/([\w-]+)/.exec(page.url())?.[1] ?? "";

async function inChat(username: string, customer: string, options = {}) {
  const agent = await stage.signIn(username, options);
  await choose(agent, "Online");
  const ann = await stage.visit();
  await startChat(ann, "Where is my parcel?", customer);
  await agent.getByRole("link", { name: new RegExp(customer) }).click();
  await agent.waitForURL("**/cs/chats/*");
  return { agent, ann };
}

/** As if much had been said before: every hundredth line is about an invoice. */
async function talkLong(chatId: string, lines: number) {
  await exec(sql`
    insert into messages (session_id, seq, sender_type, client_id, content)
    select s.id, s.last_seq + g, 'customer', 'long-' || g,
      'line ' || g || case when g % 100 = 0 then ' of the invoice' else '' end
    from chat_sessions s, generate_series(1, ${lines}::integer) g where s.id = ${chatId}`);
  await exec(sql`update chat_sessions set last_seq = last_seq + ${lines} where id = ${chatId}`);
}

/** Which message stands at the top edge of the log, and how far below it. */
const topLine = (page: Page) =>
  log(page).evaluate((box) => {
    const edge = box.getBoundingClientRect().top;
    const rows = [...box.querySelectorAll("li[data-seq]")];
    const row = rows.find((one) => one.getBoundingClientRect().top >= edge);
    return {
      seq: Number(row?.getAttribute("data-seq")),
      below: Math.round((row?.getBoundingClientRect().top ?? 0) - edge),
    };
  });

const rowsIn = (page: Page) => log(page).locator("li[data-seq]").count();

describe("a long conversation", () => {
  test.each([1440, 390])("pages back with its place kept, and comes to its end again: %i px", async (width) => {
    const { agent } = await inChat(`long${width}`, `Ann${width}`, { viewport: { width, height: 844 } });
    await talkLong(chatOf(agent), 3_000);
    let pages = 0;
    agent.on("request", (request) => (pages += Number(request.url().includes("before="))));
    await agent.reload();
    await log(agent).getByText("line 3000 of").waitFor();
    expect(pages).toBe(0);
    for (let i = 0; i < 6; i++) {
      await log(agent).evaluate((box) => box.scrollTo({ top: -(box.scrollHeight - box.clientHeight) + 700 }));
      const before = await topLine(agent);
      await log(agent).evaluate((box) => box.scrollBy({ top: -150 }));
      const asked = pages;
      await expect.poll(() => pages, { timeout: 4_000 }).toBeGreaterThanOrEqual(Math.min(asked + 1, 1));
      await agent.waitForTimeout(400);
      // The line that was looked at is still there, 150 px further down, give or take its own height.
      const now = await log(agent).locator(`li[data-seq="${before.seq}"]`).boundingBox();
      const edge = (await log(agent).boundingBox())?.y ?? 0;
      expect(Math.abs((now?.y ?? -9_999) - edge - before.below - 150)).toBeLessThan(40);
    }
    expect((await topLine(agent)).seq).toBeLessThan(2_800);
    expect(await rowsIn(agent)).toBeLessThanOrEqual(300);
    await agent.getByRole("button", { name: "Newest messages" }).click();
    await log(agent).getByText("line 3000 of").waitFor();
    await expect.poll(() => log(agent).evaluate((box) => box.scrollTop)).toBeGreaterThan(-20);
  });

  test("is searched to its beginning, by keys and without scripts, and what is found stands in its place", async () => {
    const { agent, ann } = await inChat("seeker", "Bea");
    await talkLong(chatOf(agent), 3_000);
    await agent.reload();
    await log(agent).getByText("line 3000 of").waitFor();
    await agent.keyboard.press("Control+f");
    await agent.getByRole("searchbox").fill("INVOICE line");
    const hits = agent.getByRole("list", { name: "Messages that were found" });
    await hits.getByText("line 3000").waitFor();
    expect(await hits.getByRole("listitem").count()).toBe(30);
    await agent.getByRole("searchbox").press("Enter");
    await agent.getByText("1 of 30").waitFor();
    await agent.getByRole("link", { name: "Older one" }).click();
    await agent.getByText("2 of 30").waitFor();
    await log(agent).getByText("line 2900 of").waitFor();
    expect(await rowsIn(agent)).toBeLessThanOrEqual(150);
    await agent.goBack();
    await hits.getByRole("link").last().click();
    const found = log(agent).locator("li[aria-current]");
    await found.getByText("line 100 of").waitFor();
    const inView = () =>
      found.evaluate((row) => {
        const [a, b] = [row.getBoundingClientRect(), row.closest("[role=log]")!.getBoundingClientRect()];
        return a.top >= b.top && a.bottom <= b.bottom;
      });
    await expect.poll(inView).toBe(true);
    // What is written meanwhile waits at the end, and is answered from where one is.
    await say(ann, "Still there?");
    await agent.getByRole("searchbox").press("Escape");
    await log(agent).getByText("Still there?").waitFor();

    const plain = await stage.visit({
      javaScriptEnabled: false,
      storageState: await agent.context().storageState(),
      path: new URL(agent.url()).pathname,
    });
    await plain.getByRole("link", { name: "Search in this chat" }).click();
    await plain.getByRole("searchbox").fill("invoice");
    await plain.getByRole("button", { name: "Search" }).click();
    await plain.getByRole("link", { name: /line 200 of/ }).click();
    await log(plain).getByText("line 201").waitFor();
    await plain.getByRole("link", { name: "Close the search" }).click();
    await frameOf(plain).getByText("Still there?").waitFor();
  });
});

describe("heard and seen", () => {
  test("a message is put into the log once, whoever wrote it, and a colleague's is not called one's own", async () => {
    const { agent, ann } = await inChat("hedy", "Cleo");
    const boss = await stage.signIn("boss", { role: "admin" });
    await boss.goto(agent.url());
    await agent.getByText("Boss has this chat open too").waitFor();
    await boss.getByText("Hedy has this chat open too").waitFor();
    for (const page of [agent, ann]) {
      await log(page).evaluate((box) => {
        const heard = window as unknown as { announced: string[] };
        heard.announced = [];
        new MutationObserver((changes) => {
          for (const { addedNodes } of changes) {
            for (const node of addedNodes) if (node.textContent) heard.announced.push(node.textContent);
          }
        }).observe(box, { childList: true, subtree: true });
      });
    }
    const announced = (page: Page, text: string) =>
      page.evaluate(
        (wanted) => (window as unknown as { announced: string[] }).announced.filter((one) => one.includes(wanted)),
        text,
      );
    await box(agent).fill("I look it up");
    await boss.getByText("Hedy is writing an answer").waitFor();
    await agent.getByRole("button", { name: "Send", exact: true }).click();
    await log(ann).getByText("I look it up").waitFor();
    await say(ann, "Thank you very much");
    await log(agent).getByText("Thank you very much").waitFor();
    await agent.waitForTimeout(500);
    for (const page of [agent, ann]) {
      for (const text of ["I look it up", "Thank you very much"]) {
        expect((await announced(page, text)).length, text).toBe(1);
      }
    }
    // A colleague's line stands on our side, under their name.
    await exec(sql`
      insert into messages (session_id, seq, sender_type, sender_id, client_id, content)
      select s.id, s.last_seq + 1, 'cs', u.id, 'boss-1', 'It left yesterday'
      from chat_sessions s, users u where s.id = ${chatOf(agent)} and u.username = 'boss'`);
    await exec(sql`update chat_sessions set last_seq = last_seq + 1 where id = ${chatOf(agent)}`);
    await agent.reload();
    const rows = await log(agent).locator("li div.whitespace-pre-wrap").allInnerTexts();
    expect(rows.map((text) => text.replace(":\n", ": ")).slice(-3)).toEqual([
      "You: I look it up",
      "Cleo: Thank you very much",
      "Boss: It left yesterday",
    ]);
    await boss.goto(`${stage.world.url}/cs?list=all`);
    await boss.getByRole("listitem").filter({ hasText: "Cleo" }).getByText("Hedy ·").waitFor();
  });

  test("one who is online is offered notifications; they come while the window is behind, and lead to the chat", async () => {
    const agent = await stage.signIn("alma");
    await agent.addInitScript(() => {
      const told = ((window as unknown as { told: unknown[] }).told = [] as unknown[]);
      class FakeNotification {
        static permission = "default";
        static requestPermission = async () => (FakeNotification.permission = "granted");
        onclick: (() => void) | null = null;
        constructor(title: string, { body }: { body: string }) {
          told.push({ title, body, press: () => this.onclick?.() });
        }
        close() {}
      }
      Object.assign(window, { Notification: FakeNotification });
      Object.defineProperty(document, "hasFocus", { value: () => false });
    });
    await agent.reload();
    expect(await agent.getByRole("button", { name: "Show notifications" }).count()).toBe(0);
    await choose(agent, "Online");
    await agent.getByRole("button", { name: "Show notifications" }).click();
    await agent.getByRole("button", { name: "Show notifications" }).waitFor({ state: "detached" });
    const dora = await stage.visit();
    await startChat(dora, "Is it late?", "Dora");
    const told = () =>
      agent.evaluate(() =>
        (window as unknown as { told: { title: string; body: string }[] }).told.map(({ title, body }) => ({
          title,
          body,
        })),
      );
    await expect.poll(told).toContainEqual({ title: "Dora", body: "Is it late?" });
    await expect.poll(() => agent.title()).toMatch(/^\(1\) /);
    await agent.getByRole("link", { name: /Dora.*waits for an answer/ }).waitFor();
    await agent.evaluate(() => (window as unknown as { told: { press(): void }[] }).told[0]?.press());
    await agent.waitForURL("**/cs/chats/*");
    await expect.poll(() => agent.title()).toMatch(/^Dora/);
  });

  test("what is typed is seen before it is sent only where an admin wants it and the customer lets it", async () => {
    const { agent, ann } = await inChat("petra", "Elsa");
    // Whatever is typed before there is a connection is nobody's business either.
    const types = async (text: string) => {
      await box(ann).fill("");
      await box(ann).fill(text);
      return log(agent).innerText();
    };
    await expect.poll(() => types("My secret thought")).toContain("is typing");
    expect(await agent.content()).not.toContain("My secret thought");
    expect(await ann.getByRole("checkbox", { name: /sees what I type/ }).count()).toBe(0);

    const root = await stage.signIn("root", { role: "admin" });
    await root.request.post("/api/admin/settings", { data: { ...defaultSettings(), typingPreview: true } });
    await ann.reload();
    const allowed = ann.getByRole("checkbox", { name: "The team sees what I type before I send it" });
    await allowed.waitFor();
    await expect.poll(() => types("This may be seen")).toContain("This may be seen");
    await allowed.uncheck();
    await box(ann).fill("This may not");
    await log(agent).getByText("This may be seen").waitFor({ state: "detached" });
    await agent.waitForTimeout(700);
    expect(await agent.content()).not.toContain("This may not");
    await root.request.post("/api/admin/settings", { data: defaultSettings() });
  });

  test("in Indonesian by choice: pages, dates and what is refused", async () => {
    const ann = await stage.visit();
    await ann.getByRole("button", { name: "Bahasa Indonesia" }).click();
    await ann.locator("html[lang=id]").waitFor();
    await ann.getByLabel("Pesan Anda").fill("x");
    await ann.getByLabel(/^Surel/).fill("not-an@address");
    await ann.evaluate(() => document.querySelectorAll("form").forEach((form) => (form.noValidate = true)));
    await ann.getByRole("button", { name: "Mulai obrolan" }).click();
    await ann.getByText("Tulis seperti nama@contoh.com, atau kosongkan.").waitFor();
    const agent = await stage.signIn("indah");
    await agent.getByRole("button", { name: /Account of/ }).click();
    await agent.getByRole("button", { name: "Bahasa Indonesia" }).click();
    await agent.locator("html[lang=id]").waitFor();
    await agent.goto(`${stage.world.url}/cs/canned`);
    await agent.getByLabel("Judul").fill("Salam");
    await agent.getByLabel("Pintasan").fill("tidak boleh spasi");
    await agent.getByLabel("Teks").fill("Halo");
    await agent.getByRole("button", { name: "Simpan" }).click();
    await agent.getByText("Huruf, angka, - dan _, seperti status-pesanan.").waitFor();
  });
});

describe("by the keyboard alone", () => {
  /** Tab until that has the focus: whatever one cannot reach like this, some cannot reach at all. */
  async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const it = document.activeElement as HTMLInputElement | null;
        return [it?.getAttribute("aria-label"), it?.labels?.[0]?.textContent, it?.textContent].find(Boolean) ?? "";
      });
      if (name.test(at)) return;
    }
    throw new Error(`Tab never comes to ${name}`);
  }

  test("a chat is started, answered, handed over and resolved", async () => {
    const [dewi, rosa] = [await stage.signIn("dewi"), await stage.signIn("rosa")];
    await tabTo(dewi, /^Online$/);
    await dewi.keyboard.press("Enter");
    await expect
      .poll(() => dewi.getByRole("button", { name: "Online", exact: true }).getAttribute("aria-pressed"))
      .toBe("true");

    const ann = await stage.visit();
    await tabTo(ann, /Your message/);
    await ann.keyboard.type("Where is my parcel?");
    await tabTo(ann, /Name/);
    await ann.keyboard.type("Fay");
    await tabTo(ann, /Start the chat/);
    await ann.keyboard.press("Enter");
    await box(ann).waitFor();

    await dewi.getByRole("link", { name: /Fay/ }).waitFor();
    await dewi.keyboard.press("Alt+1");
    await dewi.waitForURL("**/cs/chats/*");
    await tabTo(dewi, /Reply to Fay/);
    await dewi.keyboard.type("I look it up");
    await dewi.keyboard.press("Control+Enter");
    await log(ann).getByText("I look it up").waitFor();
    await tabTo(ann, /^Message$/);
    await ann.keyboard.type("Thanks");
    await ann.keyboard.press("Enter");
    await log(dewi).getByText("Thanks").waitFor();

    await choose(rosa, "Online");
    await tabTo(dewi, /^Hand over$/, 90);
    await dewi.keyboard.press("Enter");
    const toRosa = dewi.getByRole("dialog").getByRole("radio", { name: /Rosa/ });
    await toRosa.waitFor();
    await tabTo(dewi, /Rosa/);
    await dewi.keyboard.press("Space");
    expect(await toRosa.isChecked()).toBe(true);
    await tabTo(dewi, /Hand-over line/);
    await dewi.keyboard.type("Parcel lost");
    await tabTo(dewi, /^Hand over$/);
    await dewi.keyboard.press("Enter");
    await dewi.waitForURL(/\/cs$/);

    await rosa.getByRole("link", { name: /Fay/ }).waitFor();
    await rosa.keyboard.press("Alt+ArrowDown");
    await rosa.getByText("Parcel lost").first().waitFor();
    await tabTo(rosa, /^Resolve$/, 90);
    await rosa.keyboard.press("Enter");
    await rosa.getByRole("dialog").getByRole("button", { name: "Resolve" }).waitFor();
    await rosa.keyboard.press("Enter");
    await rosa.waitForURL(/\/cs$/);
    await ann.getByText("Rosa closed it as resolved.").waitFor();
    await tabTo(ann, /star/);
    await ann.keyboard.press("ArrowRight");
    await tabTo(ann, /Send rating/);
    await ann.keyboard.press("Enter");
    await ann.getByText(/Thank you. You gave \d of 5./).waitFor();
  });
});
