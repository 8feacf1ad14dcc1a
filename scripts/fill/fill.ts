import pg from "pg";
import { between, pick, seeded, type Random } from "../faults/random.ts";
import { ASSIGNMENT_COLUMNS, CHAT_COLUMNS, MESSAGE_COLUMNS, writeChat, type Agent, type Rows } from "./chats.ts";
import { copyInto, type Cell } from "./copy.ts";
import {
  AGENT_NAMES,
  busyness,
  DAY_MS,
  newVisitor,
  shiftsOf,
  visitorRow,
  VISITOR_COLUMNS,
  type Visitor,
} from "./people.ts";

export interface Wish {
  url: string;
  chats: number;
  messages: number;
  seed?: number;
  /** The sample's present: milliseconds. */
  until?: number;
  progress?(chats: number): void;
}

const AGENTS = 40;
const DAYS = 365;
const CHATS_AT_ONCE = 2_000;
/** The newest of them are still going on. */
const [WAITING, ACTIVE] = [8, 40];
const LABELS = "refund,delivery,broken,payment,account,voucher,exchange,invoice,complaint,praise,wholesale,stock".split(
  ",",
);
const NO_PASSWORD = "none";

/** Writes a year of chats: always the same ones for the same seed and present. */
export async function fill({ url, chats, messages, seed = 7, until = thisHour(), progress }: Wish): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off");
    // Only a superuser may leave the checks of references out: what is written here refers to what is there.
    await client.query("set session_replication_role = replica").catch(() => {});
    const random = seeded(seed);
    const from = until - DAYS * DAY_MS;
    const agents = await hire(client, random, from, until);
    const labels = await nameLabels(client);
    const times = timesOf(random, chats, from, until);
    const shares = openShares(random, chats, messages);
    const known: Visitor[] = [];
    for (let first = 0; first < chats; first += CHATS_AT_ONCE) {
      const rows: Rows = { chats: [], messages: [], assignments: [], labels: [] };
      const visitors: Cell[][] = [];
      const last = Math.min(first + CHATS_AT_ONCE, chats);
      for (let n = first; n < last; n++) {
        const at = times[n] ?? from;
        const left = chats - n;
        const state = chats < 1_000 || left > WAITING + ACTIVE ? "ended" : left > WAITING ? "active" : "waiting";
        const visitor =
          state === "ended" ? visitorAt(random, known, visitors, at) : stranger(random, known, visitors, at);
        const length = shares.next(n);
        const before = rows.messages.length;
        writeChat(random, { at, length, visitor, agents, labels: labelsFor(random, labels), state }, rows);
        shares.paid(rows.messages.length - before);
      }
      await client.query("begin");
      await copyInto(client, "visitors", VISITOR_COLUMNS, visitors);
      await copyInto(client, "chat_sessions", CHAT_COLUMNS, rows.chats);
      await copyInto(client, "messages", MESSAGE_COLUMNS, rows.messages);
      await copyInto(client, "assignments", ASSIGNMENT_COLUMNS, rows.assignments);
      await copyInto(client, "chat_labels", ["session_id", "label_id"], rows.labels);
      await client.query("commit");
      progress?.(last);
    }
    // The program indexes what is new at its end; these ended long ago.
    await client.query("update search_progress set backfill_before = 'infinity'");
    await client.query("vacuum analyze");
  } finally {
    await client.end();
  }
}

const HOUR_MS = 3_600_000;
const thisHour = () => Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

async function hire(client: pg.Client, random: Random, from: number, until: number): Promise<Agent[]> {
  const agents: Agent[] = [];
  for (const [i, name] of AGENT_NAMES(random, AGENTS).entries()) {
    const pace = between(random, 0.6, 1.7);
    const { rows } = await client.query<{ id: number }>(
      `insert into users (username, name, role, password_hash) values ($1, $2, 'cs', $3)
       on conflict (username) do nothing returning id::integer`,
      [`sample-${i + 1}`, name, NO_PASSWORD],
    );
    if (!rows[0]) throw new Error("This database has the sample already; fill an empty one.");
    agents.push({ id: rows[0].id, name, pace });
  }
  const ids = agents.map(({ id }) => id);
  await client.query("insert into cs_status (user_id) select unnest($1::bigint[]) on conflict do nothing", [ids]);
  for (const { id } of agents) {
    const columns = ["user_id", "status", "reason", "started_at", "ended_at"];
    await copyInto(client, "cs_status_history", columns, shiftsOf(random, id, from, until));
  }
  return agents;
}

async function nameLabels(client: pg.Client): Promise<number[]> {
  await client.query("insert into labels (name) select unnest($1::text[]) on conflict do nothing", [LABELS]);
  const { rows } = await client.query<{ id: number }>(
    "select id::integer from labels where name = any($1) order by id",
    [LABELS],
  );
  return rows.map(({ id }) => id);
}

/** Some have been here before. */
function visitorAt(random: Random, known: Visitor[], rows: Cell[][], at: number): Visitor {
  return known.length > 100 && random() < 0.5 ? pick(random, known) : stranger(random, known, rows, at);
}

function stranger(random: Random, known: Visitor[], rows: Cell[][], at: number): Visitor {
  const visitor = newVisitor(random, at);
  rows.push(visitorRow(visitor, new Date(at)));
  known.push(visitor);
  return visitor;
}

function labelsFor(random: Random, labels: number[]): number[] {
  const count = random() < 0.6 ? 0 : random() < 0.8 ? 1 : 2;
  return [...new Set(Array.from({ length: count }, () => pick(random, labels)))];
}

/** When each begins, in order: drawn evenly and kept as likely as that hour is busy. */
function timesOf(random: Random, count: number, from: number, until: number): Float64Array {
  const times = new Float64Array(count);
  for (let n = 0; n < count;) {
    const at = Math.floor(between(random, from, until - HOUR_MS / 2));
    if (random() * 2 < busyness(at, from, until)) times[n++] = at;
  }
  return times.sort();
}

/** How long each is to be, so that all together are as many as wished: most are short, some are long, some end early. */
function openShares(random: Random, count: number, total: number) {
  const weights = Float64Array.from({ length: count }, () =>
    Math.exp(0.9 * (random() + random() + random() + random() - 2)),
  );
  let left = weights.reduce((sum, weight) => sum + weight, 0);
  let owed = total;
  return {
    next(n: number): number {
      const length = Math.max(3, Math.round(((weights[n] ?? 0) * owed) / left));
      left -= weights[n] ?? 0;
      return length;
    },
    paid: (rows: number) => (owed -= rows),
  };
}
