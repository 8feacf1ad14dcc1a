import { parseArgs } from "node:util";
import pg from "pg";
import { fill } from "./fill.ts";

const HELP = `npm run db:fill -- [--chats 200000] [--messages 5000000] [--seed 7] [--until 2026-11-22] [--force]
  Writes a year of sample chats into the database that is configured: the same ones for the same seed and last day.
  --force  also where NODE_ENV is production, or chats are stored already`;

const { values } = parseArgs({
  options: {
    chats: { type: "string", default: "200000" },
    messages: { type: "string", default: "5000000" },
    seed: { type: "string", default: "7" },
    until: { type: "string" },
    force: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run() {
  if (values.help) return console.log(HELP);
  const url = process.env.DATABASE_URL ?? "";
  const until = values.until ? Date.parse(values.until) : undefined;
  const wish = { url, chats: whole("chats"), messages: whole("messages"), seed: whole("seed"), until };
  if (until !== undefined && Number.isNaN(until))
    throw new Error(`--until ${values.until}: write a day, as in 2026-11-22`);
  if (!values.force) await refuseRealOnes(url);
  const began = performance.now();
  let told = 0;
  await fill({
    ...wish,
    progress(chats) {
      const percent = Math.floor((chats / wish.chats) * 10) * 10;
      if (percent > told) console.log(`  ${(told = percent)} %: ${chats.toLocaleString("en")} chats`);
    },
  });
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(
    `${wish.chats.toLocaleString("en")} chats and about ${wish.messages.toLocaleString("en")} messages in ${seconds} s`,
  );
}

function whole(name: "chats" | "messages" | "seed") {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} ${values[name]}: write a whole number`);
  return value;
}

/** Sample chats among real ones could not be told apart again. @throws saying how to go on */
async function refuseRealOnes(url: string) {
  if (process.env.NODE_ENV === "production" && process.env.LOCAL_TRIAL !== "true") {
    throw new Error("NODE_ENV is production: this database may be in earnest. Say --force to fill it all the same.");
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("select from chat_sessions limit 1000");
    if (rows.length < 1_000) return;
    throw new Error("There are chats in this database already. Say --force to add the sample to them.");
  } finally {
    await client.end();
  }
}
