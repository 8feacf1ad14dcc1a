import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const SAMPLE_MS = 20;
const BOUNDARY = "heradesk-bench";

/** Resident memory of a process, bytes. */
export const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;

/**
 * Uploads files of `bytes` each at the same time, each into the chat of a token. @returns how many were taken, and by how
 * much the program's memory grew at the most
 */
export async function uploadTogether(url: string, pid: number, tokens: string[], bytes: number) {
  const before = memoryOf(pid);
  let [most, running] = [before, true];
  const watching = (async () => {
    for (; running; await delay(SAMPLE_MS)) most = Math.max(most, memoryOf(pid));
  })();
  const answers = await Promise.all(tokens.map((token) => upload(url, token, bytes)));
  running = false;
  await watching;
  return { taken: answers.filter((status) => status === 201).length, grownBytes: most - before };
}

/** The body is made while it is sent: the sender's memory stays small too. */
async function upload(url: string, token: string, bytes: number): Promise<number> {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${randomUUID()}.txt"\r\nContent-Type: text/plain\r\n\r\n`;
  const line = Buffer.alloc(64 * 1024, "0123456789abcdef");
  async function* body() {
    yield Buffer.from(head);
    for (let left = bytes; left > 0; left -= line.length) yield line.subarray(0, Math.min(left, line.length));
    yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
  }
  const response = await fetch(`${url}/api/chat/attachments`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": `multipart/form-data; boundary=${BOUNDARY}` },
    // Node's fetch takes what comes in pieces.
    body: body() as unknown as BodyInit,
    duplex: "half",
  } as RequestInit);
  await response.arrayBuffer();
  return response.status;
}
