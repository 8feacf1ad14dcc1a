import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Message } from "~/chat/shapes";
import { openConversation, type Conversation, type ConversationOptions } from "./conversation";
import { openSocket, type LiveSocket, type SocketOptions } from "./socket";
import { memoryStorage, type StorageLike } from "./storage";
import { fast } from "./testing/fast";
import { startSmallDesk, type SmallDesk } from "./testing/small-desk";

let desk: SmallDesk;
let storage: StorageLike;
let open: { close(): void }[] = [];

beforeEach(async () => {
  desk = await startSmallDesk();
  storage = memoryStorage();
});

afterEach(async () => {
  for (const one of open.reverse()) one.close();
  open = [];
  await desk.stop();
});

function connect(options: Partial<SocketOptions> = {}): LiveSocket {
  const socket = openSocket({ url: desk.url, ...fast, ...options });
  open.push(socket);
  return socket;
}

function converse(options: Partial<ConversationOptions> = {}): Conversation {
  const conversation = openConversation({
    socket: options.socket ?? connect(),
    side: "customer",
    sessionId: "s1",
    messages: [],
    storage,
    ...options,
  });
  open.push(conversation);
  return conversation;
}

const texts = (conversation: Conversation) => conversation.getSnapshot().messages.map(({ content }) => content);
const pending = (conversation: Conversation) =>
  conversation.getSnapshot().pending.map(({ content, state }) => `${content} ${state}`);
const stored = () => desk.log.map(({ content }) => content);
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 10 });

describe("sending", () => {
  test("shows the text at once, then the stored message in its place", async () => {
    const ada = converse();
    ada.send("hello");
    expect(pending(ada)).toEqual(["hello sending"]);
    await eventually(() => expect(texts(ada)).toEqual(["hello"]));
    expect(pending(ada)).toEqual([]);
    expect(storage.length).toBe(0);
  });

  test("keeps the order of a burst", async () => {
    const ada = converse();
    const burst = Array.from({ length: 50 }, (_, i) => `line ${i}`);
    for (const text of burst) ada.send(text);
    await eventually(() => expect(texts(ada)).toEqual(burst));
    expect(stored()).toEqual(burst);
  });

  test("a connection cut in mid-request loses nothing and sends nothing twice", async () => {
    const ada = converse();
    let cuts = 0;
    desk.faults.intercept = ({ event, socket }) => {
      if (!event.endsWith("send_message") || cuts++ % 2) return false;
      socket.terminate();
      return true;
    };
    for (const text of ["one", "two", "three"]) ada.send(text);
    await eventually(() => expect(texts(ada)).toEqual(["one", "two", "three"]));
    expect(stored()).toEqual(["one", "two", "three"]);
  });

  test("an acknowledgement lost after the commit is found again on resume", async () => {
    const ada = converse();
    desk.faults.intercept = ({ event, data, socket }) => {
      if (!event.endsWith("send_message") || desk.log.length > 0) return false;
      desk.write(data.content, { clientId: data.clientId, senderType: "customer" });
      socket.terminate();
      return true;
    };
    ada.send("one");
    ada.send("two");
    await eventually(() => expect(texts(ada)).toEqual(["one", "two"]));
    expect(stored()).toEqual(["one", "two"]);
    expect(pending(ada)).toEqual([]);
  });

  test("the message itself counts as acknowledgement, and a second acknowledgement changes nothing", async () => {
    const ada = converse();
    desk.faults.intercept = ({ event, data, requestId, socket }) => {
      if (!event.endsWith("send_message")) return false;
      const message = desk.write(data.content, { clientId: data.clientId, senderType: "customer" });
      desk.show(message);
      const ack = { sessionId: "s1", clientId: data.clientId, messageId: message.id, seq: message.seq };
      if (data.content === "two") for (let i = 0; i < 2; i++) desk.tell(socket, "message:sent", ack, requestId);
      return true;
    };
    ada.send("one");
    ada.send("two");
    await eventually(() => expect(texts(ada)).toEqual(["one", "two"]));
    expect(desk.sent()).toEqual(["one", "two"]);
    expect(pending(ada)).toEqual([]);
  });

  test("an acknowledgement does not hide what others wrote before it", async () => {
    const ada = converse();
    await eventually(() => expect(desk.asked.length).toBe(1));
    desk.faults.intercept = ({ event, data, requestId, socket }) => {
      if (!event.endsWith("send_message")) return false;
      desk.write("from Dewi");
      const { id, seq } = desk.write(data.content, { clientId: data.clientId, senderType: "customer" });
      desk.tell(socket, "message:sent", { clientId: data.clientId, messageId: id, seq }, requestId);
      setTimeout(() => socket.terminate(), 30);
      return true;
    };
    ada.send("mine");
    await eventually(() => expect(texts(ada)).toEqual(["from Dewi", "mine"]));
  });

  test("a refusal for good keeps the text until it is tried again or taken back", async () => {
    const ada = converse();
    desk.faults.intercept = ({ event, data, requestId, socket }) => {
      if (!event.endsWith("send_message") || data.content === "two") return false;
      desk.tell(socket, "system:error", { code: "CONFLICT", message: "This chat has ended." }, requestId);
      return true;
    };
    for (const text of ["one", "two", "three"]) ada.send(text);
    await eventually(() => expect(pending(ada)).toEqual(["one failed", "three failed"]));
    const [one, three] = ada.getSnapshot().pending;
    expect(one?.error).toBe("This chat has ended.");
    expect(ada.discard(three!.clientId)).toBe("three");
    desk.faults.intercept = () => false;
    desk.faults.sendTakesMs = 30;
    ada.send("four");
    ada.retry(one!.clientId);
    expect(pending(ada)).toEqual(["four sending", "one sending"]);
    await eventually(() => expect(stored()).toEqual(["two", "four", "one"]));
    await eventually(() => expect(pending(ada)).toEqual([]));
  });

  test("an overloaded server is asked again after its hint, in order", async () => {
    const ada = converse();
    let refusals = 3;
    desk.faults.intercept = ({ event, requestId, socket }) => {
      if (!event.endsWith("send_message") || refusals-- <= 0) return false;
      const error = { code: "OVERLOADED", message: "Very busy.", retryAfterSeconds: 0.05 };
      desk.tell(socket, "system:error", error, requestId);
      return true;
    };
    ada.send("one");
    ada.send("two");
    await eventually(() => expect(stored()).toEqual(["one", "two"]));
  });
});

describe("reload and tabs", () => {
  test("what was not acknowledged survives a reload, in order, once", async () => {
    await desk.stop();
    const before = converse();
    for (const text of ["one", "two", "three"]) before.send(text);
    before.draft = "unfinished";
    for (const one of open.splice(0).reverse()) one.close();
    await desk.start();
    const after = converse();
    expect(pending(after)).toEqual(["one sending", "two sending", "three sending"]);
    expect(after.draft).toBe("unfinished");
    await eventually(() => expect(texts(after)).toEqual(["one", "two", "three"]));
    expect(stored()).toEqual(["one", "two", "three"]);
    expect(pending(after)).toEqual([]);
  });

  test("the draft goes when its text is in the outbox, and is another chat's no matter", () => {
    const ada = converse();
    const other = converse({ sessionId: "s2" });
    ada.draft = "hel";
    other.draft = "other";
    ada.send("hello");
    expect(ada.draft).toBe("");
    expect(other.draft).toBe("other");
  });

  test("two tabs show the same and send everything once, in the order of writing", async () => {
    await desk.stop();
    const [left, right] = [converse(), converse()];
    left.send("one");
    right.send("two");
    left.send("three");
    expect(pending(left)).toEqual(pending(right));
    expect(pending(right)).toEqual(["one sending", "two sending", "three sending"]);
    desk.faults.sendTakesMs = 60;
    await desk.start();
    await eventually(() => expect(stored()).toEqual(["one", "two", "three"]));
    await eventually(() => expect([pending(left), pending(right)]).toEqual([[], []]));
    await eventually(() => expect(texts(left)).toEqual(texts(right)));
    expect(desk.sent()).toEqual(["one", "two", "three"]);
  });

  test("a tab that died while sending does not keep the others waiting", async () => {
    const left = converse();
    desk.faults.intercept = ({ event }) => event.endsWith("send_message");
    left.send("one");
    await eventually(() => expect(desk.sent()).toEqual(["one"]));
    desk.faults.intercept = () => false;
    const right = converse();
    await eventually(() => expect(texts(right)).toEqual(["one"]));
    expect(stored()).toEqual(["one"]);
  });

  test("a storage that is full or forbidden does not stop a message", async () => {
    storage = {
      ...memoryStorage(),
      length: 0,
      setItem: () => {
        throw new Error("QuotaExceededError");
      },
    };
    const ada = converse();
    ada.send("hello");
    await eventually(() => expect(texts(ada)).toEqual(["hello"]));
  });
});

describe("resume", () => {
  test("starts after the rows of the page and brings what was missed while away", async () => {
    desk.write("one");
    desk.write("two");
    const ada = converse({ messages: desk.log.slice(0, 1) });
    await eventually(() => expect(texts(ada)).toEqual(["one", "two"]));
    expect(desk.asked[0]?.data.after).toBe(1);
    desk.cut();
    desk.write("three");
    await eventually(() => expect(texts(ada)).toEqual(["one", "two", "three"]));
    expect(desk.asked.at(-1)?.data.after).toBe(2);
  });

  test("a live row that overtakes an interrupted resume hides nothing", async () => {
    for (const text of ["one", "two", "three"]) desk.write(text);
    let cuts = 0;
    desk.faults.intercept = ({ event, socket }) => {
      if (event !== "chat:resume" || cuts++ > 0) return false;
      desk.tell(socket, "chat:message", { sessionId: "s1", message: desk.log[2] });
      setTimeout(() => socket.terminate(), 20);
      return true;
    };
    const ada = converse();
    await eventually(() => expect(texts(ada)).toEqual(["one", "two", "three"]));
  });

  test("a live row waits for the rows of a slow resume that it overtook", async () => {
    for (const text of ["one", "two", "three"]) desk.write(text);
    desk.faults.intercept = ({ event, socket, requestId }) => {
      if (event !== "chat:resume") return false;
      const tell = (i: number) => desk.tell(socket, "chat:message", { sessionId: "s1", message: desk.log[i] });
      tell(2);
      setTimeout(() => {
        for (const i of [0, 1, 2]) tell(i);
        desk.tell(socket, "chat:resumed", { sessionId: "s1", seq: 3 }, requestId);
      }, 150);
      return true;
    };
    const ada = converse();
    const screens = new Set<string>();
    ada.subscribe(() => screens.add(texts(ada).join()));
    await eventually(() => expect(texts(ada)).toEqual(["one", "two", "three"]));
    for (const screen of screens) expect("one,two,three").toMatch(new RegExp(`^${screen}`));
  });

  test("a chat that was somebody else's for a while is complete when it comes back", async () => {
    desk.write("one");
    const dewi = converse({ side: "cs", socket: connect({ url: desk.staffUrl, silenceMs: 60_000 }) });
    await eventually(() => expect(texts(dewi)).toEqual(["one"]));
    desk.write("two");
    desk.tellAll("chat:new_assigned", { chat: { id: "s1" } });
    await eventually(() => expect(texts(dewi)).toEqual(["one", "two"]));
    expect(desk.asked.at(-1)?.data.after).toBe(1);
  });

  test("also when it was refused meanwhile", async () => {
    desk.write("one");
    desk.faults.intercept = ({ event, socket, requestId }) => {
      if (event !== "chat:resume") return false;
      desk.tell(socket, "system:error", { code: "NOT_FOUND", message: "There is no such chat." }, requestId);
      return true;
    };
    const dewi = converse({ side: "cs", socket: connect({ url: desk.staffUrl, silenceMs: 60_000 }) });
    await eventually(() => expect(desk.asked.length).toBe(1));
    desk.faults.intercept = () => false;
    desk.tellAll("chat:transferred_in", { chat: { id: "s1" } });
    await eventually(() => expect(texts(dewi)).toEqual(["one"]));
  });

  test("repeated and late rows change nothing, rows of other chats are not shown", async () => {
    const ada = converse();
    for (const text of ["one", "two"]) desk.write(text);
    await eventually(() => expect(texts(ada)).toEqual(["one", "two"]));
    const before = ada.getSnapshot().messages;
    for (const message of [...desk.log].reverse()) desk.show(message);
    desk.tellAll("chat:message", { sessionId: "s9", message: { ...desk.log[0]!, seq: 9 } });
    desk.show(desk.write("three"));
    await eventually(() => expect(texts(ada)).toEqual(["one", "two", "three"]));
    expect(ada.getSnapshot().messages.slice(0, 2)).toEqual(before);
  });

  test("a snapshot replaces what the server no longer knows", async () => {
    const old = { ...desk.write("gone"), seq: 9 };
    desk.log.splice(0);
    desk.write("one");
    desk.faults.intercept = ({ event, data, requestId, socket }) => {
      if (event !== "chat:resume" || data.after <= desk.log.length) return false;
      for (const message of desk.log) desk.tell(socket, "chat:message", { sessionId: "s1", message });
      desk.tell(socket, "chat:resumed", { sessionId: "s1", seq: 1 }, requestId);
      return true;
    };
    const ada = converse({ messages: [old] });
    await eventually(() => expect(texts(ada)).toEqual(["one"]));
  });
});

describe("changed and taken back", () => {
  const system = { senderType: "system", messageType: "system" } as const;
  const happened = (event: Message["event"]) => desk.show(desk.write("", { ...system, event }));

  test("the message changes in its place, without a row for the change", async () => {
    const ada = converse();
    ada.send("helo");
    ada.send("second");
    await eventually(() => expect(texts(ada)).toEqual(["helo", "second"]));
    happened({ kind: "edited", seq: 1, content: "hello" });
    await eventually(() => expect(texts(ada)).toEqual(["hello", "second"]));
    expect(ada.getSnapshot().messages[0]).toMatchObject({ edited: true, clientId: expect.any(String) });
    happened({ kind: "taken_back", seq: 2 });
    await eventually(() => expect(ada.getSnapshot().messages[1]).toMatchObject({ content: "", takenBack: true }));
    expect(ada.getSnapshot().messages).toHaveLength(2);
  });

  test("who was away finds it changed, and a change of another chat is nobody's business", async () => {
    desk.write("helo");
    desk.write("", { ...system, event: { kind: "edited", seq: 1, content: "hello" } });
    const ada = converse();
    await eventually(() => expect(texts(ada)).toEqual(["hello"]));
    const message = { ...desk.log[1]!, seq: 9, event: { kind: "taken_back", seq: 1 } };
    desk.tellAll("chat:message", { sessionId: "s2", message });
    desk.show(desk.write("next"));
    await eventually(() => expect(texts(ada)).toEqual(["hello", "next"]));
  });

  test("asks for it by seq, and says when it is refused", async () => {
    const ada = converse();
    await eventually(() => expect(ada.getSnapshot().connection).toBe("live"));
    await ada.edit(1, "hello");
    await ada.takeBack(2);
    expect(desk.asked.slice(-2)).toMatchObject([
      { event: "customer:edit_message", data: { sessionId: "s1", seq: 1, content: "hello" } },
      { event: "customer:take_back_message", data: { sessionId: "s1", seq: 2 } },
    ]);
    desk.faults.intercept = ({ event, requestId, socket }) => {
      if (event !== "customer:edit_message") return false;
      desk.tell(socket, "system:error", { code: "CONFLICT", message: "Too old." }, requestId);
      return true;
    };
    await expect(ada.edit(1, "late")).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("notes", () => {
  test("a note has a message's guarantees and stays a note on the way", async () => {
    const dewi = converse({ side: "cs", socket: connect({ url: desk.staffUrl }) });
    let cuts = 0;
    desk.faults.intercept = ({ event, data, requestId, socket }) => {
      if (event !== "cs:note") return false;
      if (cuts++ === 0) return (socket.terminate(), true);
      const { id, seq, createdAt } = desk.write(data.content, { clientId: data.clientId, note: true });
      const ack = { sessionId: "s1", clientId: data.clientId, messageId: id, seq, createdAt };
      desk.tell(socket, "message:sent", ack, requestId);
      return true;
    };
    dewi.note("between us");
    expect(dewi.getSnapshot().pending).toMatchObject([{ content: "between us", kind: "note" }]);
    dewi.send("hello");
    await eventually(() => expect(texts(dewi)).toEqual(["between us", "hello"]));
    expect(dewi.getSnapshot().messages.map(({ note }) => note)).toEqual([true, undefined]);
    expect(desk.sent()).toEqual(["hello"]);
    expect(storage.length).toBe(0);
  });
});

describe("drafts", () => {
  const saved = () => desk.asked.filter(({ event }) => event === "customer:draft").map(({ data }) => data.content);

  test("are kept here at once, with the server once the keys rest, and dropped when sent", async () => {
    const ada = converse();
    await eventually(() => expect(ada.getSnapshot().connection).toBe("live"));
    for (const text of ["h", "he", "hello"]) ada.draft = text;
    expect(storage.getItem("heradesk:draft:customer:s1")).toBe("hello");
    await eventually(() => expect(saved()).toEqual(["hello"]));
    ada.send("hello");
    expect(ada.draft).toBe("");
    await eventually(() => expect(saved()).toEqual(["hello", ""]));
  });

  test("what was sent before it was saved needs no dropping", async () => {
    const ada = converse();
    ada.draft = "hello";
    ada.send("hello");
    await eventually(() => expect(texts(ada)).toEqual(["hello"]));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(saved()).toEqual([]);
  });

  test("another device's text is there, this browser's own comes first", async () => {
    expect(converse({ draft: "from the phone" }).draft).toBe("from the phone");
    const ada = converse({ draft: "from the phone" });
    ada.draft = "from here";
    expect(converse({ draft: "from the phone" }).draft).toBe("from here");
  });

  test("written without a connection, it is saved once there is one", async () => {
    await desk.stop();
    const ada = converse();
    ada.draft = "hello";
    await new Promise((resolve) => setTimeout(resolve, 100));
    await desk.start();
    await eventually(() => expect(saved()).toEqual(["hello"]));
  });
});

describe("blocked sockets", () => {
  test("polls and sends through HTTP, and goes back to the socket when it can", async () => {
    desk.faults.blockUpgrades = "refuse";
    desk.write("welcome");
    const ada = converse();
    ada.send("hello");
    await eventually(() => expect(texts(ada)).toEqual(["welcome", "hello"]));
    expect(ada.getSnapshot().connection).toBe("polling");
    desk.write("from Dewi");
    await eventually(() => expect(texts(ada)).toEqual(["welcome", "hello", "from Dewi"]));
    desk.faults.blockUpgrades = false;
    await eventually(() => expect(ada.getSnapshot().connection).toBe("live"));
    ada.send("bye");
    await eventually(() => expect(texts(ada)).toEqual(["welcome", "hello", "from Dewi", "bye"]));
    expect(desk.sent()).toEqual(["bye"]);
    expect(stored()).toEqual(texts(ada));
  });
});

describe("the rest of the picture", () => {
  test("who answers, the place in the queue, reading and the end", async () => {
    const ada = converse();
    await eventually(() => expect(ada.getSnapshot().connection).toBe("live"));
    desk.tellAll("chat:queue_position", { sessionId: "s1", position: 2, estimate: { from: 60, to: 120 } });
    await eventually(() => expect(ada.getSnapshot()).toMatchObject({ position: 2, estimate: { from: 60, to: 120 } }));
    desk.tellAll("chat:assigned", { sessionId: "s1", cs: { id: 7, name: "Dewi", avatarUrl: "/a.png" } });
    const assigned = { kind: "assigned", csId: 7, csName: "Dewi", by: "queue" } as const;
    desk.show(desk.write("Dewi joined", { senderType: "system", messageType: "system", event: assigned }));
    desk.tellAll("chat:read", { sessionId: "s1", seq: 4 });
    desk.tellAll("chat:read", { sessionId: "s1", seq: 3 });
    desk.tellAll("chat:read", { sessionId: "s1", seq: 8, side: "customer" });
    await eventually(() => expect(ada.getSnapshot().peerReadSeq).toBe(4));
    expect(ada.getSnapshot()).toMatchObject({ position: null, status: "active", agent: { avatarUrl: "/a.png" } });
    desk.tellAll("chat:ended", { sessionId: "s9", reason: "idle" });
    desk.tellAll("chat:ended", { sessionId: "s1", reason: "resolved" });
    await eventually(() => expect(ada.getSnapshot().ended).toEqual({ reason: "resolved" }));
  });

  test("rows of the log tell the same to who was away", async () => {
    const system = { senderType: "system", messageType: "system" } as const;
    desk.write("", { ...system, event: { kind: "assigned", csId: 7, csName: "Dewi", by: "queue" } });
    desk.write("", { ...system, event: { kind: "ended", reason: "idle" } });
    const ada = converse();
    await eventually(() => expect(ada.getSnapshot().ended).toEqual({ reason: "idle" }));
    expect(ada.getSnapshot().agent?.name).toBe("Dewi");
  });

  test("an agent who is gone for the moment, and a customer who left and came back", async () => {
    const ada = converse();
    const dewi = converse({ side: "cs", socket: connect({ url: desk.staffUrl }) });
    await eventually(() => expect(desk.sockets.size).toBe(2));
    const online = (event: string, isOnline: boolean) => desk.tellAll(event, { sessionId: "s1", isOnline });
    await eventually(() => expect(dewi.getSnapshot().connection).toBe("live"));
    online("chat:agent_presence", false);
    await eventually(() => expect(ada.getSnapshot().agentAway).toBe(true));
    online("chat:agent_presence", true);
    await eventually(() => expect(ada.getSnapshot().agentAway).toBe(false));
    online("chat:customer_left", false);
    await eventually(() => expect(dewi.getSnapshot().peerPresent).toBe(false));
    online("chat:customer_left", true);
    await eventually(() => expect(dewi.getSnapshot().peerPresent).toBe(true));
  });

  test("a chat that goes back to the queue has no agent, and then the one who takes it", async () => {
    const ada = converse({
      chat: { status: "active", agent: { id: 7, name: "Dewi", avatarUrl: null }, agentAway: true },
    });
    await eventually(() => expect(ada.getSnapshot().connection).toBe("live"));
    const system = { senderType: "system", messageType: "system" } as const;
    desk.show(desk.write("", { ...system, event: { kind: "returned", csName: "Dewi", why: "gone" } }));
    await eventually(() =>
      expect(ada.getSnapshot()).toMatchObject({ agent: null, status: "waiting", agentAway: false }),
    );
    const event = { kind: "transferred", fromName: "Dewi", csId: 8, csName: "Grace", by: "agent" } as const;
    desk.show(desk.write("", { ...system, event }));
    await eventually(() => expect(ada.getSnapshot()).toMatchObject({ agent: { name: "Grace" }, status: "active" }));
  });

  test("a preview is told again with the newest text, and forgotten with the typing", async () => {
    const ada = converse();
    await eventually(() => expect(ada.getSnapshot().connection).toBe("live"));
    const told = () => desk.asked.filter(({ event }) => event.endsWith("typing")).map(({ data }) => data.preview);
    for (const text of ["h", "he", "hel"]) ada.setTyping(true, text);
    await eventually(() => expect(told()).toEqual(["h", "hel", undefined]));
    const dewi = converse({ side: "cs", socket: connect({ url: desk.staffUrl }) });
    await eventually(() => expect(dewi.getSnapshot().connection).toBe("live"));
    desk.tellAll("chat:customer_typing", { sessionId: "s1", isTyping: true, preview: "hel" });
    await eventually(() => expect(dewi.getSnapshot().peerPreview).toBe("hel"));
    await eventually(() => expect(dewi.getSnapshot()).toMatchObject({ peerTyping: false, peerPreview: "" }));
  });

  test("typing is told seldom, taken back when idle or sent, and the peer's is forgotten", async () => {
    const ada = converse();
    await eventually(() => expect(ada.getSnapshot().connection).toBe("live"));
    const told = () => desk.asked.filter(({ event }) => event.endsWith("typing")).map(({ data }) => data.isTyping);
    for (let i = 0; i < 5; i++) ada.setTyping(true);
    await eventually(() => expect(told()).toEqual([true, false]));
    ada.setTyping(true);
    ada.send("done");
    await eventually(() => expect(told()).toEqual([true, false, true, false]));
    desk.tellAll("chat:cs_typing", { sessionId: "s1", isTyping: true });
    await eventually(() => expect(ada.getSnapshot().peerTyping).toBe(true));
    await eventually(() => expect(ada.getSnapshot().peerTyping).toBe(false));
  });

  test("reading is told forwards only, seldom, and again after a reconnect that lost it", async () => {
    const ada = converse();
    await eventually(() => expect(ada.getSnapshot().connection).toBe("live"));
    const told = () => desk.asked.filter(({ event }) => event.endsWith("read")).map(({ data }) => data.seq);
    for (const seq of [1, 2, 3, 2]) ada.markRead(seq);
    await eventually(() => expect(told()).toEqual([1, 3]));
    desk.faults.intercept = ({ event, socket }) => event.endsWith("read") && (socket.terminate(), true);
    ada.markRead(5);
    await eventually(() => expect(told()).toEqual([1, 3, 5]));
    desk.faults.intercept = () => false;
    await eventually(() => expect(told()).toEqual([1, 3, 5, 5]));
  });
});
