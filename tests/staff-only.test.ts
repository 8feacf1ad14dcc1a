import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { call } from "~/testing/caller";
import { pageVisitor } from "~/testing/page-visitor";
import { startWorld } from "./world";

const world = startWorld();
const secret = (what: string) => `${what}-${randomUUID().slice(0, 8)}`;

test("what is only for colleagues reaches no customer: over no door, in no frame and on no page", async () => {
  const [note, changedNote, takenNote, line, draft, label] = ["note", "changed", "taken", "line", "draft", "label"].map(
    secret,
  );
  const secrets = { note, changedNote, takenNote, line, draft, label };
  const [ada, ben] = [await world.agent("ada"), await world.agent("ben")];
  const { token, chatId } = await world.customer("Where is it?", "Ann");
  const customer = await world.open("/ws/chat", token);
  await customer.request("chat:resume", { after: 0 });
  const polled = call(world.url, "/api/chat/messages?after=1&wait=3", { token });
  const [desk, other] = [await world.open("/ws/cs", ada.token), await world.open("/ws/cs", ben.token)];
  for (const socket of [desk, other]) await socket.request("cs:set_status", { status: "busy" });
  await desk.request("cs:accept_chat", { sessionId: chatId });
  const write = async (content = "") => {
    const { data } = await desk.request("cs:note", { sessionId: chatId, clientId: randomUUID(), content });
    return Number(data.seq);
  };
  await write(note);
  const [toChange, toTake] = [await write(secret("before")), await write(takenNote)];
  await desk.request("cs:edit_message", { sessionId: chatId, seq: toChange, content: changedNote });
  await desk.request("cs:take_back_message", { sessionId: chatId, seq: toTake });
  await desk.request("cs:draft", { sessionId: chatId, content: draft });
  const signedIn = { token: ada.token };
  await call(world.url, "/api/cs/chats", signedIn);
  await other.request("cs:set_status", { status: "online" });
  await desk.request("cs:transfer_chat", { sessionId: chatId, toCsId: ben.userId, note: line });
  await other.request("cs:send_message", { sessionId: chatId, clientId: randomUUID(), content: "It is on its way" });
  // What is written last comes last: when it is here, everything before it has passed by.
  await customer.until((f) => f.event === "chat:message" && f.data.message?.content === "It is on its way");

  const late = await world.open("/ws/chat", token);
  await late.request("chat:resume", { after: 0 });
  const page = pageVisitor(world.url);
  page.jar.set("hd_customer", token);
  const pages = [
    "/",
    "/chat/log",
    `/chats/${chatId}`,
    `/chats/${chatId}.txt`,
    "/?_data=routes%2F_index",
    "/_root.data",
  ];
  const texts = await Promise.all(pages.map(async (path) => (await page.get(path)).text()));
  const calls = await Promise.all(
    ["after=0", "before=9999", "after=0&wait=1"].map((query) =>
      call(world.url, `/api/chat/messages?${query}`, { token }).then(({ body }) => JSON.stringify(body)),
    ),
  );
  await other.request("cs:resolve_chat", { sessionId: chatId });
  await customer.event("chat:ended");
  const ended = await Promise.all(pages.map(async (path) => (await page.get(path)).text()));
  const theirs = [
    JSON.stringify((await polled).body),
    ...customer.frames.map((f) => JSON.stringify(f)),
    ...late.frames.map((f) => JSON.stringify(f)),
    ...texts,
    ...calls,
    ...ended,
  ];
  for (const [name, text = ""] of Object.entries(secrets)) {
    expect(
      theirs.filter((one) => one.includes(text)),
      name,
    ).toEqual([]);
  }
  // They did see what is theirs, and the colleague saw what is not: the search above was not in vain.
  expect(theirs.filter((one) => one.includes("It is on its way")).length).toBeGreaterThan(6);
  const seen = JSON.stringify([...desk.frames, ...other.frames]);
  for (const text of [note, changedNote, takenNote, line]) expect(seen).toContain(text);
});
