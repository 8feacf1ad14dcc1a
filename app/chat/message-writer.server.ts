import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import { Overloaded } from "./errors";
import { publishRows } from "./publish.server";
import { faultPoint } from "./fault-point.server";
import { batchSize, messagesStored, sendsRefused } from "~/metrics.server";
import { isOutage, OUTAGE_RETRY_SECONDS } from "~/outage";
import { writeBatch, type Draft, type Outcome } from "./write-batch.server";
import { isPlain, writePlainly } from "./write-plainly.server";

const MAX_BATCH = 500;
/** More than this many sends waiting means that we cannot keep up: say so at once, while what is accepted stays quick. */
const MAX_WAITING = 2_000;
/** A batch is told in so many parts, none smaller than this: the first to hear send again while the rest are being told. */
const [TOLD_IN, LEAST_TOLD] = [4, 6];
/** Below the client's own limit for a request, so that it hears from us. */
const OUTAGE_PATIENCE_MS = 8_000;

interface Waiting {
  draft: Draft;
  since: number;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

type Tell = () => Promise<void>;

let waiting: Waiting[] = [];
let writing: Promise<void> | null = null;

/**
 * Group commit: sends that arrive while a write is in flight wait and go together in the next one.
 * One statement in flight for the whole process adds no delay when idle and tunes itself under load.
 * @throws Overloaded when too many wait, or the database stays away; the send may or may not be stored: repeat it.
 */
export function writeMessage(draft: Draft): Promise<Outcome> {
  if (waiting.length >= MAX_WAITING) {
    sendsRefused.inc();
    return Promise.reject(new Overloaded());
  }
  return new Promise((resolve, reject) => {
    waiting.push({ draft, since: Date.now(), resolve, reject });
    writing ??= drain();
  });
}

export const waitingSends = () => waiting.length;

/** Resolves when everything accepted so far has its answer; for a graceful stop. */
export async function writerIdle() {
  while (writing) await writing;
}

async function drain() {
  // Lets the frames that arrived in the same tick join the first batch.
  await Promise.resolve();
  let tell: Tell | null = null;
  while (waiting.length > 0) {
    const written = writeTogether(takeBatch());
    if (tell) {
      // The database has its next batch before anybody hears of the last one: the two work at the same time.
      await nextTurn();
      await tell();
    }
    tell = await written;
    if (waiting.length > 0) continue;
    await tell();
    tell = null;
  }
  // In the same breath as the look at the list: a send that comes now starts the next round itself.
  writing = null;
}

/**
 * One send of each chat goes the short way. When more are left than go, a few chats have much to say: then all go together.
 * Twins (the same client id, sent twice at once) and sends with files in one chat, which may name the same file, never do.
 */
function takeBatch() {
  const [batch, rest] = takeApart(({ sessionId }) => [sessionId]);
  const [all, left] = rest.length > batch.length ? takeApart(namesOf) : [batch, rest];
  waiting = left;
  return all;
}

const namesOf = ({ sessionId, senderType, clientId, attachmentIds }: Draft) => [
  `${sessionId} ${senderType} ${clientId}`,
  ...(attachmentIds.length > 0 ? [`files ${sessionId}`] : []),
];

/** In order; what shares a name with one before it waits. */
function takeApart(names: (draft: Draft) => string[]): [Waiting[], Waiting[]] {
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  const taken = new Set<string>();
  for (const item of waiting) {
    const own = names(item.draft);
    const free = batch.length < MAX_BATCH && !own.some((name) => taken.has(name));
    (free ? batch : rest).push(item);
    for (const name of own) taken.add(name);
  }
  return [batch, rest];
}

/** Never rejects. @returns how to tell everybody what came of it. */
async function writeTogether(batch: Waiting[]): Promise<Tell> {
  try {
    const outcomes = await write(batch);
    batchSize.observe(batch.length);
    return () => tellAll(batch, outcomes);
  } catch (error) {
    if (batch.length === 1 || error instanceof Overloaded) {
      return async () => batch.forEach((item) => item.reject(error));
    }
    // One poisoned send fails the statement for all: alone, each gets the answer it deserves.
    const tells: Tell[] = [];
    for (const item of batch) tells.push(await writeTogether([item]));
    return async () => {
      for (const tell of tells) await tell();
    };
  }
}

/** Where others wait already, the database has enough to do, and parts would only cost turns. */
async function tellAll(batch: Waiting[], outcomes: Outcome[]) {
  const part = Math.max(LEAST_TOLD, Math.ceil(batch.length / TOLD_IN));
  for (let i = 0; i < batch.length; i += part) {
    if (i > 0 && waiting.length === 0) await nextTurn();
    settle(batch.slice(i, i + part), outcomes.slice(i, i + part));
  }
}

function settle(batch: Waiting[], outcomes: Outcome[]) {
  faultPoint("after-commit");
  // A repeat may be what was stored when we, or a copy that is gone, never came to tell of it.
  publishRows(outcomes.flatMap((o) => (o.outcome === "new" || o.outcome === "repeat" ? [o.row] : [])));
  const rows = outcomes.flatMap((o) => (o.outcome === "new" ? [o.row] : []));
  for (const sender of ["customer", "cs"]) {
    messagesStored.inc({ sender }, rows.filter((row) => row.sender_type === sender).length);
  }
  batch.forEach((item, i) => {
    const outcome = outcomes[i];
    if (outcome) item.resolve(outcome);
    else item.reject(new Error("the batch lost a send"));
  });
}

/** Repeats while the database is away or a twin on another instance won the race: client ids make that harmless. */
async function write(batch: Waiting[]): Promise<Outcome[]> {
  const deadline = Math.min(...batch.map((item) => item.since)) + OUTAGE_PATIENCE_MS;
  for (let attempt = 0; ; attempt++) {
    try {
      return await writeDrafts(batch.map((item) => item.draft));
    } catch (error) {
      if (isUniqueViolation(error) && attempt < 3) continue;
      if (!isOutage(error)) throw error;
      if (Date.now() > deadline) throw new Overloaded(OUTAGE_RETRY_SECONDS);
      await delay(Math.min(50 * 2 ** attempt, 500));
    }
  }
}

/** The short way, and the full statement for those where it does not lead. */
async function writeDrafts(drafts: Draft[]): Promise<Outcome[]> {
  const apart = new Set(drafts.map(({ sessionId }) => sessionId)).size === drafts.length;
  const rows = apart && drafts.every(isPlain) ? await writePlainly(drafts).catch(nullIfRepeated) : null;
  if (!rows) return writeBatch(drafts);
  const others = drafts.filter((_, i) => !rows[i]);
  const answers = others.length > 0 ? await writeBatch(others) : [];
  return rows.map((row) => (row ? { outcome: "new", row } : (answers.shift() ?? { outcome: "not_found" })));
}

function nullIfRepeated(error: unknown) {
  if (isUniqueViolation(error)) return null;
  throw error;
}

const isUniqueViolation = (error: unknown) => (error as { code?: string }).code === "23505";
