import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { Invalid, Overloaded } from "~/chat/errors";

const COST = 12;
/** bcrypt ignores what comes after: refused, never cut short in silence. */
export const MAX_PASSWORD_BYTES = 72;
const MAX_WAITING = 100;
/** A hash of nothing in particular, so that an unknown name takes as long as a wrong password. */
const DUMMY_HASH = "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZBpu5JQ4u2rXGmrUYuCzn2lUJsOGm2";

/** @throws Invalid over 72 bytes. */
export async function hashPassword(password: string): Promise<string> {
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES) {
    throw new Invalid("That password is too long.", { password: `At most ${MAX_PASSWORD_BYTES} bytes.` });
  }
  return run({ job: "hash", password, cost: COST }) as Promise<string>;
}

/** Compares in the same time whether the account exists (hash) or not (null). */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const fits = Buffer.byteLength(password) <= MAX_PASSWORD_BYTES;
  const matches = await run({ job: "compare", password: fits ? password : "", hash: hash ?? DUMMY_HASH });
  return matches === true && fits && hash !== null;
}

type Job = { job: "hash"; password: string; cost: number } | { job: "compare"; password: string; hash: string };

let worker: Worker | null = null;
let lastId = 0;
const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();

function run(job: Job): Promise<unknown> {
  if (pending.size >= MAX_WAITING) return Promise.reject(new Overloaded(2));
  worker ??= startWorker();
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    pending.set(id, { resolve, reject });
    // Whoever waits for an answer must live to hear it.
    worker?.ref();
    worker?.postMessage({ id, ...job });
  });
}

function startWorker() {
  const started = new Worker(resolve("app/auth/password-worker.mjs"));
  started.on("message", ({ id, result }: { id: number; result: unknown }) => {
    pending.get(id)?.resolve(result);
    pending.delete(id);
    if (pending.size === 0) started.unref();
  });
  started.on("error", (error) => {
    worker = null;
    for (const waiting of pending.values()) waiting.reject(error as Error);
    pending.clear();
  });
  // It must not keep a finished program, or a test, alive; listening to it, above, would.
  started.unref();
  return started;
}
