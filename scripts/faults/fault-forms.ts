import { pick } from "./random.ts";
import type { CustomerPage } from "./page.ts";
import type { Fault, Stage } from "./scenario.ts";

/** What people without JavaScript do to forms. */
export const formFaults: Fault[] = [
  {
    id: 34,
    name: "double submit and back button without JavaScript",
    async run(stage) {
      for (let round = 0; round < (stage.short ? 5 : 25); round++) {
        const page = pick(stage.random, stage.cast.customers);
        const fields = await readForm(stage, page);
        const text = `by form ${round} ${Date.now()}`;
        record(stage, page, fields.clientId ?? "", text);
        // A nervous finger, on both instances.
        const answers = await Promise.all([1, 2, 3].map(() => submit(stage, page, fields, text)));
        if (answers.every((status) => status === 303)) stage.bite();
        // Back, and send what still stands there; then back, and write something else there.
        await submit(stage, page, fields, text);
        const rows = await stored(stage, page, text);
        stage.claim("it is stored once", rows === 1, `${rows} times`);
        const other = `${text}, but different`;
        await submit(stage, page, fields, other);
        const others = await stored(stage, page, other);
        stage.claim("another text from the old page is another message", others === 1, `${others} times`);
        const [named] = await stage.world.query<{ client_id: string }>(
          "select client_id from messages where session_id = $1 and content = $2",
          [page.chat, other],
        );
        if (named) record(stage, page, named.client_id, other);
      }
    },
  },
];

function record(stage: Stage, page: CustomerPage, clientId: string, text: string) {
  const sender = `customer:${page.person.name}`;
  const line = { chat: page.chat, side: "customer" as const, sender, clientId, text, at: Date.now() };
  stage.record.attempt({ ...line, unordered: true, left: "told" });
}

/** The hidden fields of the form that a browser without scripts shows. */
async function readForm(stage: Stage, page: CustomerPage): Promise<Record<string, string>> {
  const response = await fetch(`${stage.world.http("any")}/`, { headers: { cookie: cookieOf(page) } });
  const html = await response.text();
  const inputs = [...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => tag);
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return Object.fromEntries(inputs.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]));
}

async function submit(stage: Stage, page: CustomerPage, fields: Record<string, string>, content: string) {
  const origin = stage.world.http("any");
  const response = await fetch(`${origin}/?index`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookieOf(page), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, intent: "send", content }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function stored(stage: Stage, page: CustomerPage, text: string) {
  const rows = await stage.world.query("select 1 from messages where session_id = $1 and content = $2", [
    page.chat,
    text,
  ]);
  return rows.length;
}

const cookieOf = (page: CustomerPage) => `${CUSTOMER_COOKIE}=${page.person.token}`;
const CUSTOMER_COOKIE = "hd_customer";
