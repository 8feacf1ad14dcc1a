import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Disconnected, Refused } from "./refused";
import { openSocket, type LiveSocket, type SocketOptions } from "./socket";
import { fast } from "./testing/fast";
import { startSmallDesk, type SmallDesk } from "./testing/small-desk";

let desk: SmallDesk;
const sockets: LiveSocket[] = [];

beforeEach(async () => {
  desk = await startSmallDesk();
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await desk.stop();
});

function connect(options: Partial<SocketOptions> = {}): LiveSocket & { states: string[] } {
  const states: string[] = [];
  const socket = openSocket({ url: desk.url, ...fast, ...options });
  socket.onState((state) => states.push(state));
  sockets.push(socket);
  return Object.assign(Object.create(socket) as LiveSocket, { states });
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 10 });
const live = (socket: LiveSocket) => eventually(() => expect(socket.state).toBe("live"));
const upgrades = () => desk.calls.filter((call) => call.startsWith("UPGRADE")).length;
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("requests", () => {
  test("each gets the answer that carries its id", async () => {
    const socket = connect();
    await live(socket);
    const held: (() => void)[] = [];
    desk.faults.intercept = ({ data, requestId, socket: ws }) => {
      held.push(() => desk.tell(ws, "done", { seq: data.seq }, requestId));
      if (held.length === 3) for (const answer of held.reverse()) answer();
      return true;
    };
    const answers = await Promise.all([1, 2, 3].map((seq) => socket.request("x", { seq })));
    expect(answers).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
  });

  test("an error frame refuses, with its code and hint", async () => {
    const socket = connect();
    await live(socket);
    desk.faults.intercept = ({ requestId, socket: ws }) => {
      desk.tell(ws, "system:error", { code: "RATE_LIMITED", message: "Too often.", retryAfterSeconds: 3 }, requestId);
      return true;
    };
    const error = await socket.request("x").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({ code: "RATE_LIMITED", message: "Too often.", details: { retryAfterSeconds: 3 } });
  });

  test("one that is in flight when the connection drops is Disconnected, and so is one without a connection", async () => {
    const socket = connect();
    await live(socket);
    desk.faults.intercept = ({ socket: ws }) => (ws.terminate(), true);
    await expect(socket.request("x")).rejects.toBeInstanceOf(Disconnected);
    await desk.stop();
    await eventually(() => expect(socket.state).not.toBe("live"));
    await expect(socket.request("x")).rejects.toBeInstanceOf(Disconnected);
    await desk.start();
  });

  test("one without an answer is given up; a connection that said nothing since is dropped", async () => {
    const socket = connect({ silenceMs: 10_000 });
    await live(socket);
    desk.faults.intercept = () => true;
    const beat = setInterval(() => desk.tellAll("system:heartbeat", {}), 50);
    await expect(socket.request("x")).rejects.toBeInstanceOf(Disconnected);
    clearInterval(beat);
    expect(upgrades()).toBe(1);
    await expect(socket.request("x")).rejects.toBeInstanceOf(Disconnected);
    await eventually(() => expect(upgrades()).toBe(2));
  });

  test("a frame that is too big for the server is refused, the others may be tried again", async () => {
    const socket = connect();
    await live(socket);
    desk.faults.intercept = ({ data, socket: ws }) => (data.content && ws.close(1009), true);
    const small = socket.request("x").catch((reason: unknown) => reason);
    const big = socket.request("x", { content: "x".repeat(1000) }).catch((reason: unknown) => reason);
    expect(await big).toMatchObject({ code: "INVALID" });
    expect(await small).toBeInstanceOf(Disconnected);
  });

  test("garbage from the server is ignored", async () => {
    const socket = connect();
    await live(socket);
    for (const ws of desk.sockets) for (const text of ["", "{", "null", "7", '"x"', "[]"]) ws.send(text);
    await socket.request("x");
    expect(upgrades()).toBe(1);
  });
});

describe("coming back", () => {
  test("after a drop, for ever", async () => {
    const socket = connect();
    for (let i = 1; i <= 3; i++) {
      await live(socket);
      desk.cut();
      await eventually(() => expect(upgrades()).toBe(i + 1));
    }
    await desk.stop();
    await later(600);
    expect(socket.state).not.toBe("polling");
    await desk.start();
    await live(socket);
  });

  test("when the server has been silent for too long", async () => {
    const socket = connect();
    await live(socket);
    const beat = setInterval(() => desk.tellAll("system:heartbeat", {}), 100);
    await later(700);
    expect(upgrades()).toBe(1);
    clearInterval(beat);
    await eventually(() => expect(upgrades()).toBe(2));
  });

  test("when told to by a draining server, not before its time, and after what is in flight", async () => {
    const socket = connect({ random: () => 0 });
    await live(socket);
    let answer = () => {};
    desk.faults.intercept = ({ requestId, socket: ws }) => ((answer = () => desk.tell(ws, "done", 1, requestId)), true);
    desk.tellAll("system:drain", { reconnectInMs: 150 });
    await later(100);
    const inFlight = socket.request("x");
    await later(130);
    expect(upgrades()).toBe(1);
    answer();
    expect(await inFlight).toBe(1);
    await eventually(() => expect(upgrades()).toBe(2));
    await live(socket);
  });

  test("a draining server that closes early is not asked before the time it gave", async () => {
    const socket = connect({ random: () => 0 });
    await live(socket);
    desk.tellAll("system:drain", { reconnectInMs: 300 });
    desk.sockets.forEach((ws) => ws.close(1012));
    await later(200);
    expect(upgrades()).toBe(1);
    await live(socket);
  });

  test("later to a server that is overloaded, much later when replaced", async () => {
    for (const [code, atLeastMs] of [
      [1013, 400],
      [1008, 400],
      [4009, 600],
    ] as const) {
      const socket = connect({ random: () => 0 });
      await live(socket);
      const before = upgrades();
      desk.sockets.forEach((ws) => ws.close(code));
      await later(atLeastMs - 100);
      expect(upgrades()).toBe(before);
      await live(socket);
      socket.close();
    }
  });

  test("a server that accepts and hangs up each time is asked ever less often", async () => {
    desk.faults.onConnect = (ws) => (desk.tell(ws, "cs:connected", {}), ws.close(1011));
    connect({ backoffCapMs: 10_000, random: () => 1 });
    await later(1500);
    expect(upgrades()).toBeLessThan(8);
  });
});

describe("being signed in", () => {
  test("an expired token is renewed once and the connection is back", async () => {
    const onSignedOut = vi.fn();
    let expired = true;
    desk.faults.onConnect = (ws) => expired && ws.close(4001);
    desk.faults.onRefresh = () => ((expired = false), 200);
    const socket = connect({ onSignedOut });
    await eventually(() => expect(desk.calls).toContain("POST /api/auth/refresh"));
    await live(socket);
    await socket.request("x");
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("without a way to renew it is the end", async () => {
    const onSignedOut = vi.fn();
    desk.faults.onConnect = (ws) => ws.close(4001);
    desk.faults.onRefresh = () => 401;
    const socket = connect({ onSignedOut });
    await eventually(() => expect(onSignedOut).toHaveBeenCalledTimes(1));
    expect(socket.state).toBe("closed");
    const before = upgrades();
    await later(300);
    expect(upgrades()).toBe(before);
  });

  test("a renewal that does not help is not repeated", async () => {
    const onSignedOut = vi.fn();
    desk.faults.onConnect = (ws) => ws.close(4001);
    connect({ onSignedOut });
    await eventually(() => expect(onSignedOut).toHaveBeenCalledTimes(1));
    expect(desk.calls.filter((call) => call.includes("refresh"))).toHaveLength(1);
  });

  test("a server that cannot renew just now does not sign anybody out", async () => {
    const onSignedOut = vi.fn();
    let sick = 2;
    desk.faults.onConnect = (ws) => sick >= 0 && ws.close(4001);
    desk.faults.onRefresh = () => (sick-- > 0 ? 503 : 200);
    await live(connect({ onSignedOut }));
    await eventually(() => expect(desk.calls.filter((call) => call.includes("refresh"))).toHaveLength(3));
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("a socket of staff that was refused for an expired token is renewed without a detour", async () => {
    desk.faults.blockUpgrades = "refuse";
    desk.faults.httpStatus = 401;
    desk.faults.onRefresh = () => {
      desk.faults.blockUpgrades = false;
      desk.faults.httpStatus = 200;
      return 200;
    };
    const onSignedOut = vi.fn();
    const socket = connect({ url: desk.staffUrl, backoffBaseMs: 1_000, random: () => 1, onSignedOut });
    await live(socket);
    expect(upgrades()).toBe(2);
    expect(socket.states).not.toContain("polling");
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("revoked is revoked", async () => {
    const onSignedOut = vi.fn();
    desk.faults.onConnect = (ws) => ws.close(4003);
    const socket = connect({ onSignedOut });
    await eventually(() => expect(socket.state).toBe("closed"));
    expect(onSignedOut).toHaveBeenCalledTimes(1);
    expect(desk.calls).not.toContain("POST /api/auth/refresh");
  });

  test("a token travels in a header, on both ways", async () => {
    const seen: unknown[] = [];
    const fetchAs: typeof fetch = (input, init) => (
      seen.push(new Headers(init?.headers).get("authorization")),
      fetch(input, init)
    );
    desk.faults.blockUpgrades = "refuse";
    const socket = connect({ token: () => "secret", fetch: fetchAs });
    await eventually(() => expect(socket.state).toBe("polling"));
    await socket.request("chat:resume", { sessionId: "s1", after: 0 });
    expect(new Set(seen)).toEqual(new Set(["Bearer secret"]));
  });
});

describe("blocked sockets", () => {
  test("refused three times while HTTP works: polling, with the socket tried again", async () => {
    desk.faults.blockUpgrades = "refuse";
    const socket = connect();
    await eventually(() => expect(socket.state).toBe("polling"));
    expect(upgrades()).toBeGreaterThanOrEqual(3);
    desk.faults.blockUpgrades = false;
    await live(socket);
    expect(socket.states.slice(-2)).toEqual(["polling", "live"]);
  });

  test("an upgrade that hangs is found out by the first try", async () => {
    desk.faults.blockUpgrades = "hang";
    const socket = connect();
    await eventually(() => expect(socket.state).toBe("polling"));
    expect(upgrades()).toBeLessThanOrEqual(2);
  });

  test("sockets that open and swallow everything are blocked too", async () => {
    desk.faults.intercept = () => true;
    const socket = connect({ silenceMs: 10_000 });
    await live(socket);
    socket.request("x").catch(() => {});
    await eventually(() => expect(socket.states).toContain("polling"));
  });

  test("a server that is away altogether is waited for", async () => {
    desk.faults.blockUpgrades = "refuse";
    desk.faults.httpStatus = 503;
    const socket = connect();
    await later(500);
    expect(socket.states).not.toContain("polling");
    desk.faults.httpStatus = 200;
    await eventually(() => expect(socket.state).toBe("polling"));
    await desk.stop();
    await socket.request("chat:resume", { sessionId: "s1", after: 0 }).catch(() => {});
    await eventually(() => expect(["waiting", "connecting"]).toContain(socket.state));
    await desk.start();
    await eventually(() => expect(socket.state).toBe("polling"));
  });

  test("an expired sign-in is renewed on this way as well", async () => {
    const onSignedOut = vi.fn();
    desk.faults.blockUpgrades = "refuse";
    const socket = connect({ onSignedOut });
    await eventually(() => expect(socket.state).toBe("polling"));
    desk.faults.httpStatus = 401;
    desk.faults.onRefresh = () => ((desk.faults.httpStatus = 200), 200);
    const asks = [1, 2].map(() => socket.request("chat:resume", { sessionId: "s1", after: 0 }));
    expect(await Promise.all(asks)).toHaveLength(2);
    desk.faults.onRefresh = () => 401;
    desk.faults.httpStatus = 401;
    await later(450);
    await socket.request("chat:resume", { sessionId: "s1", after: 0 }).catch(() => {});
    expect(onSignedOut).toHaveBeenCalledTimes(1);
  });

  test("what has no call is refused, what is not a desk's answer is no answer", async () => {
    desk.faults.blockUpgrades = "refuse";
    let portal = false;
    const fetchAs: typeof fetch = (input, init) =>
      portal ? Promise.resolve(new Response("<html>")) : fetch(input, init);
    const socket = connect({ fetch: fetchAs });
    await eventually(() => expect(socket.state).toBe("polling"));
    await expect(socket.request("customer:rating", { rating: 5 })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    portal = true;
    const asked = socket.request("chat:resume", { sessionId: "s1", after: 0 });
    await expect(asked).rejects.toBeInstanceOf(Disconnected);
  });
});

test("closing stops everything", async () => {
  const socket = connect();
  await live(socket);
  desk.faults.intercept = () => true;
  const asked = socket.request("x").catch((reason: unknown) => reason);
  socket.close();
  expect(await asked).toBeInstanceOf(Disconnected);
  expect(socket.state).toBe("closed");
  await eventually(() => expect(desk.sockets.size).toBe(0));
  await later(200);
  expect(upgrades()).toBe(1);
});
