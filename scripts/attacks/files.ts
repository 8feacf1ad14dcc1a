import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { FILES } from "~/auth/permissions";
import { call } from "~/testing/caller";
import { attach } from "~/testing/upload";
import { evilFiles } from "../../tests/evil-files.ts";
import type { Tally } from "./tally.ts";
import type { Customer, Target } from "./target.ts";
import { ACTORS, cookieOf, LETS_IN, type ActorName } from "./who-may.ts";

/** Every address of a file × a file of each chat × everybody, on both instances. */
export async function whoMaySee(target: Target, tally: Tally) {
  const { anna, bert, customer } = target;
  const waiting = await customer("waiting");
  const files: [string, string, ActorName[]][] = [
    ["A's", await sentPicture(target, anna), ["customer A", "assigned", "admin"]],
    ["B's", await sentPicture(target, bert), ["customer B", "assigned", "admin"]],
    ["A's, not sent yet", await picture(target, anna), ["customer A"]],
    ["of a chat that waits", await sentPicture(target, waiting), ["unassigned", "assigned", "admin"]],
  ];
  for (const [pattern, who] of Object.entries(FILES)) {
    for (const [whose, id, owners] of files) {
      for (const actor of ACTORS) {
        const cookie = await cookieOf(target, actor);
        const may = LETS_IN[who].includes(actor) && owners.includes(actor);
        for (const method of ["GET", "HEAD"]) {
          const url = target.urls[tally.cases % 2 ? 1 : 0] + pattern.replace(":id", id);
          const { status, headers } = await fetch(url, { method, headers: { Cookie: cookie } });
          const name = `${actor}: ${method} ${pattern}, ${whose}`;
          const type = headers.get("Content-Type") ?? "";
          if (may) tally.control(name, status === 200 && type.startsWith("image/"), `${status} ${type}`);
          else tally.attack(name, status === 404 && !type.startsWith("image/"), `${status} ${type}`);
        }
      }
    }
  }
}

/** Files as strangers send them: refused, or harmless once we have them. */
export async function evilUploads(target: Target, tally: Tally) {
  const { token } = await target.customer("mallory");
  const [url] = target.urls;
  for (const { what, status, ...file } of await evilFiles()) {
    const answer = await attach(url, token, file);
    const harmless = answer.status !== 201 || (await isHarmless(url + answer.body.attachment.url, token));
    tally.attack(what, answer.status === status && harmless, `${answer.status} ${JSON.stringify(answer.body)}`);
  }
  const shown = await fetch(`${url}/files/${await picture(target, target.anna)}`, {
    headers: { Authorization: `Bearer ${target.anna.token}` },
  });
  tally.control("a picture is taken, and shown", shown.headers.get("Content-Type") === "image/png", shown.status);
}

async function isHarmless(url: string, token: string): Promise<boolean> {
  const { headers, status, ...rest } = await read(url, token);
  const type = headers.get("Content-Type") ?? "";
  const kept =
    headers.get("Content-Security-Policy") === "sandbox; default-src 'none'" &&
    headers.get("X-Content-Type-Options") === "nosniff";
  const inert = type.startsWith("image/")
    ? !rest.bytes.includes("<script")
    : headers.get("Content-Disposition")?.startsWith("attachment;");
  return status === 200 && kept && Boolean(inert) && !/html|svg|xml|script/.test(type);
}

async function read(url: string, token: string) {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function picture({ urls: [url] }: Target, { token }: Customer): Promise<string> {
  const create = { width: 900, height: 700, channels: 3 as const, background: "#808" };
  const content = await sharp({ create }).png().toBuffer();
  const { body } = await attach(url, token, { content, name: "a.png", type: "image/png" });
  return body.attachment.id;
}

async function sentPicture(target: Target, customer: Customer): Promise<string> {
  const id = await picture(target, customer);
  const body = { clientId: randomUUID(), content: "look", attachmentIds: [id] };
  await call(target.urls[0], "/api/chat/messages", { token: customer.token, body });
  return id;
}
