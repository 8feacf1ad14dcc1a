import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { BUCKET, s3Env, startS3 } from "../../app/testing/s3.ts";
import { until } from "./cast.ts";
import { onEnd } from "./cleanup.ts";
import type { CustomerPage } from "./page.ts";
import { startProxy } from "./proxy.ts";
import { pick } from "./random.ts";
import type { Fault, Stage } from "./scenario.ts";

/** A sweep comes every ten seconds or so. */
const SWEEP_PATIENCE_MS = 40_000;
const MANY = 12;

/** What happens to files while they are on their way. Texts go on in all of it. */
export const fileFaults: Fault[] = [
  {
    id: 23,
    name: "disk full on upload",
    async run(stage) {
      const folder = smallDisk();
      await restart(stage, { DATA_DIR: folder });
      const page = pick(stage.random, stage.cast.customers);
      const fits = await upload(stage, page, 100_000);
      stage.claim("what fits is taken", fits.status === 201, fits.status);
      const refused = await Promise.all(Array.from({ length: 4 }, () => upload(stage, page, 5_000_000)));
      for (const { status, code } of refused) {
        if (code === "UNAVAILABLE") stage.bite();
        stage.claim("a full disk is said in words", status === 503 && code === "UNAVAILABLE", `${status} ${code}`);
      }
      stage.claim("texts go on", await stage.traffic(20), "they stopped");
      const after = await upload(stage, page, 100_000);
      stage.claim("there is room again at once", after.status === 201, after.status);
      await sendWith(stage, page, after.id);
      await claimClean(stage, join(folder, "uploads"), () => keysIn(join(folder, "uploads")));
      await restart(stage);
      execFileSync("umount", [folder]);
      // The disk is gone, and with it the rows' files.
      await stage.world.query("delete from attachments");
      await stage.world.query("delete from file_deletions");
    },
  },
  {
    id: 24,
    name: "S3 down, slow, 500",
    async run(stage) {
      const s3 = await startS3();
      onEnd(s3.stop);
      const broken = createServer((request, response) => {
        request.resume();
        request.on("end", () => response.writeHead(500).end());
      }).listen(0, "127.0.0.1");
      await delay(50);
      onEnd(() => void broken.close());
      let to: { port: number } | null = { port: s3.port };
      const way = await startProxy({ target: () => to });
      onEnd(way.stop);
      await restart(stage, s3Env(way.port));
      const page = pick(stage.random, stage.cast.customers);
      const first = await upload(stage, page, 100_000);
      stage.claim("S3 takes files", first.status === 201, first.status);
      await sendWith(stage, page, first.id);
      for (const [how, port] of [
        ["down", null],
        ["500", (broken.address() as AddressInfo).port],
      ] as const) {
        to = port === null ? null : { port };
        way.cut();
        const { status, code } = await upload(stage, page, 100_000);
        if (code === "UNAVAILABLE") stage.bite();
        stage.claim(`S3 ${how} is said in words`, status === 503 && code === "UNAVAILABLE", `${status} ${code}`);
        stage.claim(`texts go on while S3 is ${how}`, await stage.traffic(20), "they stopped");
      }
      to = { port: s3.port };
      way.cut();
      way.throttle(20_000);
      const slow = upload(stage, page, 200_000);
      stage.claim("texts go on while S3 is slow", await stage.traffic(40), "they stopped");
      const { status } = await slow;
      stage.claim("a slow S3 takes it, or says so", status === 201 || status === 503, status);
      way.throttle(Infinity);
      const last = await upload(stage, page, 100_000);
      stage.claim("S3 is used again at once", last.status === 201, last.status);
      await claimClean(stage, null, () => keysInBucket(s3.directory));
      await stage.world.query("delete from attachments where storage = 's3'");
      await until(async () => keysInBucket(s3.directory).length === 0, SWEEP_PATIENCE_MS);
      stage.claim("erased files leave S3", keysInBucket(s3.directory).length === 0, keysInBucket(s3.directory).length);
      await restart(stage);
    },
  },
  {
    id: 25,
    name: "kill during upload",
    async run(stage) {
      const { a } = stage.world;
      for (let round = 0; round < (stage.short ? 2 : 6); round++) {
        const page = pick(stage.random, stage.cast.customers);
        const running = Array.from({ length: MANY }, (_, i) => upload(stage, page, 200_000 * (i + 1)));
        const sending = running.map(async (one) => {
          const { id } = await one;
          if (id) await sendWith(stage, page, id);
        });
        await delay(50 + stage.random() * 500);
        await a.kill();
        const ends = await Promise.all(running);
        stage.bite(ends.filter(({ status }) => status === 0).length);
        await Promise.all(sending);
        await a.start();
        const again = await upload(stage, page, 200_000);
        stage.claim("it works at the next try", again.status === 201, again.status);
        await stage.traffic(40);
      }
      const folder = join(String(a.environment().DATA_DIR), "uploads");
      await claimClean(stage, folder, () => keysIn(folder));
    },
  },
];

/** One after the other, with other settings: all copies of a deployment have the same. */
async function restart(stage: Stage, env: Record<string, string> = {}) {
  for (const instance of stage.world.instances) {
    await instance.terminate();
    await instance.start(env);
  }
}

export const canMount = () => process.platform === "linux" && process.getuid?.() === 0;

/** 2 MB that only root can make; without it the fault cannot be. */
function smallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), "heradesk-small-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]);
  onEnd(() => {
    try {
      execFileSync("umount", [folder], { stdio: "ignore" });
    } catch {
      // It is gone already.
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Through the door of instance a. @returns status 0 when nobody answered */
async function upload(stage: Stage, page: CustomerPage, bytes: number) {
  const form = new FormData();
  form.append("file", new Blob(["x".repeat(bytes)], { type: "text/plain" }), "a.txt");
  try {
    const response = await fetch(`${stage.world.http("a")}/api/chat/attachments`, {
      method: "POST",
      headers: { authorization: `Bearer ${page.person.token}` },
      body: form,
      signal: AbortSignal.timeout(90_000),
    });
    const answer = (await response.json()) as { attachment?: { id: string }; error?: { code: string } };
    return { status: response.status, id: answer.attachment?.id, code: answer.error?.code };
  } catch {
    return { status: 0, id: undefined, code: undefined };
  }
}

/** A message with nothing but the file, and again until it is acknowledged. */
async function sendWith(stage: Stage, page: CustomerPage, id: string | undefined) {
  const clientId = `file-${id}`;
  const line = { chat: page.chat, side: "customer" as const, clientId };
  const sender = `customer:${page.person.name}`;
  stage.record.attempt({ ...line, sender, text: "", at: Date.now(), unordered: true, left: "told" });
  for (let tries = 0; tries < 20; tries++) {
    const response = await fetch(`${stage.world.http("b")}/api/chat/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${page.person.token}` },
      body: JSON.stringify({ clientId, content: "", attachmentIds: [id] }),
      signal: AbortSignal.timeout(8_000),
    }).catch(() => null);
    const answer = response?.ok ? ((await response.json()) as { message: { seq: number } }) : null;
    if (answer) return stage.record.ack({ ...line, seq: answer.message.seq });
    await delay(200);
  }
}

/** No message without the files it went with; and once what is left over is due, no bytes without a row, and no row without bytes. */
async function claimClean(stage: Stage, folder: string | null, bytes: () => string[]) {
  const { world } = stage;
  const [half] = await world.query<{ n: number }>(
    `select count(*) as n from messages m where session_id = any ($1) and message_type in ('image', 'file')
       and not exists (select 1 from message_attachments f where f.session_id = m.session_id and f.seq = m.seq)`,
    [stage.cast.customers.map(({ chat }) => chat)],
  );
  stage.claim("no half messages", half?.n === 0, half?.n ?? "?");
  const incoming = folder && join(folder, "incoming");
  if (incoming) for (const name of readdirSync(incoming)) utimesSync(join(incoming, name), 0, 0);
  await world.query("update file_deletions set due_at = now()");
  await world.query(
    `update attachments a set created_at = now() - interval '25 hours'
     where not exists (select 1 from message_attachments f where f.attachment_id = a.id)`,
  );
  const left = async () => {
    const [rows] = await world.query<{ n: number }>(
      `select (select count(*) from file_deletions) + (select count(*) from attachments a
         where not exists (select 1 from message_attachments f where f.attachment_id = a.id)) as n`,
    );
    return (rows?.n ?? 0) + (incoming ? readdirSync(incoming).length : 0);
  };
  await until(async () => (await left()) === 0, SWEEP_PATIENCE_MS);
  stage.claim("nothing is left to sweep", (await left()) === 0, await left());
  const rows = await world.query<{ key: string }>("select storage_key as key from attachments");
  const [known, there] = [
    rows
      .map(({ key }) => key)
      .sort()
      .join(),
    bytes().sort().join(),
  ];
  stage.claim("bytes and rows are the same files", known === there, `${known} and ${there}`);
}

const keysIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !one.parentPath.endsWith("incoming"))
    .map(({ name }) => name);

function keysInBucket(directory: string): string[] {
  mkdirSync(join(directory, BUCKET), { recursive: true });
  const ending = "._S3rver_object";
  return readdirSync(join(directory, BUCKET)).flatMap((name) =>
    name.endsWith(ending) ? [name.slice(0, -ending.length)] : [],
  );
}
