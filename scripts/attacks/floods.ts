import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { WebSocket } from "ws";
import { Linkify, parts } from "~/components/linkify";
import { openRaw } from "~/testing/raw-socket";
import { pick, seeded, type Random } from "../faults/random.ts";
import type { Target } from "./target.ts";
import type { Tally } from "./tally.ts";

const RENDER_LIMIT_MS = 10;

/** Broken frames, endless ones, too many headers, and texts made to be slow: the program answers others meanwhile. */
export async function floods(target: Target, tally: Tally, { short }: { short: boolean }) {
  const random = seeded(11);
  await mutatedFrames(target, tally, random, short ? 150 : 1_000);
  await brokenProtocol(target, tally);
  await hugeRequests(target, tally);
  slowTexts(tally, random, short ? 2_000 : 10_000);
  const health = await fetch(`${target.urls[0]}/api/health`);
  tally.control("both instances are well", health.status === 200 && (await fetch(`${target.urls[1]}/api/health`)).ok);
}

async function mutatedFrames({ urls, customer }: Target, tally: Tally, random: Random, count: number) {
  const headers = { Authorization: `Bearer ${(await customer("flood")).token}` };
  const seeds = [
    `{"event":"customer:send_message","data":{"clientId":"a","content":"b"},"requestId":"r"}`,
    `{"event":"chat:resume","data":{"after":0}}`,
    `{"event":"customer:typing","data":{"isTyping":true,"preview":"x"}}`,
    `{"event":"customer:rating","data":{"rating":5}}`,
  ];
  let socket: WebSocket | null = null;
  const open = () =>
    new Promise<WebSocket>((resolve, reject) => {
      const fresh = new WebSocket(`${urls[0].replace("http", "ws")}/ws/chat`, { headers });
      fresh.once("open", () => resolve(fresh)).on("error", reject);
      fresh.on("message", (data) => {
        if (/ at \w+ \(|node:|syntax error/.test(data.toString())) leaks++;
      });
    });
  let leaks = 0;
  for (let i = 0; i < count; i++) {
    if (socket?.readyState !== WebSocket.OPEN) socket = await open();
    const before = leaks;
    socket.send(mutate(Buffer.from(pick(random, seeds)), random), { binary: random() < 0.1 });
    if (i % 25 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    tally.attack(`mutated frame ${i}`, leaks === before, "a stack came back");
  }
  socket?.terminate();
  const after = await openRaw(`${urls[0]}/ws/chat`, headers);
  const answer = await after.request("customer:start_chat", {});
  tally.control("a whole frame is answered afterwards", answer.event === "chat:started", answer.event);
  after.socket.terminate();
}

function mutate(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let n = 1 + Math.floor(random() * 6); n > 0; n--) {
    const at = Math.floor(random() * copy.length);
    const way = random();
    if (way < 0.4) copy[at] = Math.floor(random() * 256);
    else if (way < 0.6) copy.copy(copy, at, Math.floor(random() * copy.length));
    else if (way < 0.8)
      copy.fill(pick(random, [0x22, 0x7b, 0x5b, 0x5c, 0x00, 0x2d]), at, Math.min(at + 3, copy.length));
    else return Buffer.concat([copy.subarray(0, at), Buffer.from("[".repeat(2_000)), copy.subarray(at)]);
  }
  return copy;
}

/** By hand, since no client library sends these. */
async function brokenProtocol(target: Target, tally: Tally) {
  const masked = (opcode: number, payload: Buffer, fin = true) => {
    const mask = randomBytes(4);
    const length =
      payload.length < 126
        ? Buffer.from([0x80 | payload.length])
        : Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 255]);
    const body = payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
    return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode]), length, mask, body]);
  };
  const piece = Buffer.alloc(30_000, 0x61);
  const cases: [string, Buffer[]][] = [
    ["invalid UTF-8", [masked(1, Buffer.from([0xc3, 0x28, 0xff, 0xfe]))]],
    ["half a character", [masked(1, Buffer.from([0xf0, 0x9f, 0x98]))]],
    [
      "an endless message in pieces",
      [masked(1, piece, false), ...Array.from({ length: 20 }, () => masked(0, piece, false))],
    ],
    [
      "ten thousand empty pieces",
      [masked(1, Buffer.from("a"), false), ...Array.from({ length: 10_000 }, () => masked(0, Buffer.alloc(0), false))],
    ],
    ["a reserved opcode", [masked(3, Buffer.from("x"))]],
    ["reserved bits", [Buffer.concat([Buffer.from([0xf1, 0x81, 1, 2, 3, 4, 5])])]],
    ["an unmasked frame", [Buffer.from([0x81, 0x01, 0x61])]],
    ["a length of 2^63", [Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4])]],
    ["a continuation of nothing", [masked(0, Buffer.from("x"))]],
    ["a ping of 200 bytes", [masked(9, Buffer.alloc(200, 1))]],
    ["a close with code 999", [masked(8, Buffer.from([0x03, 0xe7]))]],
  ];
  for (const [name, frames] of cases) {
    const { closed, ms } = await handshakeAndSend(target.instances[0].port, target.bert.token, frames);
    const rests = name.startsWith("ten thousand");
    tally.attack(name, closed || rests, `${closed} after ${ms} ms`);
    const health = await fetch(`${target.urls[0]}/api/health`);
    tally.attack(`${name}: others are answered`, health.status === 200, health.status);
  }
}

function handshakeAndSend(port: number, token: string, frames: Buffer[]) {
  const began = Date.now();
  return new Promise<{ closed: boolean; ms: number }>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const done = (closed: boolean) => {
      socket.destroy();
      resolve({ closed, ms: Date.now() - began });
    };
    const timer = setTimeout(() => done(false), 2_000);
    socket.on("close", () => (clearTimeout(timer), done(true)));
    socket.on("error", () => {});
    socket.write(
      `GET /ws/chat HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    socket.once("data", () => {
      for (const frame of frames) socket.write(frame);
    });
  });
}

async function hugeRequests(target: Target, tally: Tally) {
  const { port } = target.instances[0];
  const many = Array.from({ length: 2_000 }, (_, i) => `X-${i}: y`).join("\r\n");
  const requests: [string, string][] = [
    ["2,000 headers", `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${many}\r\n\r\n`],
    [
      "2,000 headers on an upgrade",
      `GET /ws/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${many}\r\n\r\n`,
    ],
    ["a header of 64 kB", `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"y".repeat(65_536)}\r\n\r\n`],
    ["an address of 64 kB", `GET /${"y".repeat(65_536)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`],
    ["two lengths", "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"],
    [
      "a length and chunks",
      "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a bad chunk", "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ["a path that cannot be decoded", "GET /%E0%A4%A HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"],
    ["an absolute address", "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"],
    ["no HTTP at all", "\u0016\u0003\u0001 hello\r\n\r\n"],
  ];
  for (const [name, text] of requests) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let got = "";
      socket.setTimeout(3_000, () => socket.destroy());
      socket.setEncoding("utf8").on("data", (part: string) => ((got += part), got.length > 200 && socket.destroy()));
      socket.on("close", () => resolve(got)).on("error", () => {});
      socket.write(text);
    });
    // Most of them end in 4xx; what matters is that nothing of ours breaks, and no stack is shown.
    const held = !/ 5\d\d /.test(answer.slice(0, 20)) && !/ at \w+ \(|node:internal/.test(answer);
    tally.attack(name, held, answer.slice(0, 80));
  }
  const whole = await fetch(`${target.urls[0]}/login`);
  tally.control("a request like any other", whole.status === 200, whole.status);
}

const BITS = [
  ..."http:// https:// mailto: ( ) [ ] < > \" ' . , ; : ! ? * _ ~ @ # / \\ a é 日 \u200f \u202e 😀 👨‍👩‍👧 \n \t &amp; javascript: www. .com".split(
    " ",
  ),
  " ",
  "http://".repeat(20),
  "(".repeat(60),
  ")".repeat(60),
  "https://example.com/a?b=c#d",
];

/** Texts of 8,000 characters made of what a linkifier stumbles over. */
function slowTexts(tally: Tally, random: Random, count: number) {
  let slowest = 0;
  let over = 0;
  for (let i = 0; i < count; i++) {
    const bits = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(random, BITS));
    let text = "";
    const length = i % 10 === 0 ? 8_000 : 400;
    while (text.length < length) text += random() < 0.7 ? pick(random, bits) : pick(random, BITS);
    text = text.slice(0, 8_000);
    const ms = cpuMs(() => parts(text));
    if (ms > slowest) slowest = ms;
    // A pause of this process is no pause of ours: what is slow is slow each time.
    const slow =
      ms > RENDER_LIMIT_MS && Math.min(...[1, 2, 3, 4].map(() => cpuMs(() => parts(text)))) > RENDER_LIMIT_MS;
    if (slow) over++;
    const html = renderToStaticMarkup(createElement(Linkify, { text }));
    const open = /<(?!\/?a[ >])|href="(?!https?:|mailto:)/.test(html);
    tally.attack(`generated text ${i}`, !slow && !open, open ? html : `${ms.toFixed(1)} ms`);
  }
  console.log(
    `${count} generated texts: the slowest took ${slowest.toFixed(1)} ms, ${over} always over ${RENDER_LIMIT_MS} ms`,
  );
}

/** The processor's time, since the machine does other things too. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
