import { openRaw } from "~/testing/raw-socket";
import { seeded, pick } from "../faults/random.ts";
import type { Tally } from "./tally.ts";
import type { Target } from "./target.ts";

const NAMES: unknown[] = [
  ..."__proto__ constructor prototype toString valueOf hasOwnProperty __defineGetter__ then eval require process".split(
    " ",
  ),
  ..."connection open close error message ping pong upgrade cs:set_role admin:delete system:error system:drain".split(
    " ",
  ),
  ..."cs:send_message cs:accept_chat cs:note admin:force_assign admin:subscribe_stats cs:transfer_chat".split(" "),
  0,
  -1,
  1e99,
  true,
  null,
  [],
  ["customer:typing"],
  {},
  { toString: "customer:typing" },
  "",
  " ",
  "customer:",
  ":typing",
  "CUSTOMER:TYPING",
  "customer:typing ",
  "customer:typing\u0000",
  "customer\u200b:typing",
  "ｃustomer:typing",
  "x".repeat(81),
  "x".repeat(5_000),
];
const PARTS = [
  "customer",
  "cs",
  "admin",
  "chat",
  "system",
  ":",
  ".",
  "/",
  "..",
  "__proto__",
  "constructor",
  "send",
  "0",
];

/** Names of events that are none here: one refusal each, no stack, nothing of anybody else, and the socket lives. */
export async function dispatch(target: Target, tally: Tally, wanted = 500) {
  const random = seeded(7);
  const names = [...NAMES];
  while (names.length < wanted)
    names.push(Array.from({ length: 1 + random() * 5 }, () => pick(random, PARTS)).join(""));
  const { token } = await target.customer("dispatch");
  const open = () => openRaw(`${target.urls[1]}/ws/chat`, { Authorization: `Bearer ${token}` });
  let socket = await open();
  for (const [i, event] of names.entries()) {
    // Three in a row end a socket: a good one between keeps this one.
    if (i % 2 === 0) await socket.request("chat:resume", { after: 0 });
    const mark = `n${i}`;
    const before = socket.frames.length;
    socket.socket.send(JSON.stringify({ event, data: { sessionId: target.anna.chatId }, requestId: mark }));
    const answer = await socket
      .until((f) => socket.frames.indexOf(f) >= before && f.event === "system:error", 3_000)
      .catch(() => null);
    const text = JSON.stringify(answer);
    const held =
      answer !== null &&
      ["UNKNOWN_EVENT", "BAD_FRAME"].includes(String(answer.data.code)) &&
      !/ at |node:|\.ts|select /.test(text) &&
      !text.includes(target.anna.marker);
    tally.attack(`event ${JSON.stringify(event)?.slice(0, 60)}`, held, text);
    if (socket.socket.readyState !== socket.socket.OPEN) socket = await open();
    else socket.forget();
  }
  const sent = await socket.request("customer:send_message", { clientId: crypto.randomUUID(), content: "still here" });
  tally.control("after all of them a message is sent", sent.event === "message:sent", JSON.stringify(sent));
  socket.socket.terminate();
}
