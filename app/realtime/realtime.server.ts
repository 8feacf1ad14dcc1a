import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { WebSocket } from "ws";
import { HELLO_INTERVAL_MS, peers } from "~/chat/peers.server";
import { heard, heardPeer, INSTANCE_ID, publish, publisherIdle, sayHello } from "~/chat/publish.server";
import { currentChat } from "~/chat/find-chat.server";
import { writerIdle } from "~/chat/message-writer.server";
import type { MessageRow } from "~/chat/message-row.server";
import { readWakeUp, type News } from "~/chat/news";
import { log } from "~/log.server";
import { atMost } from "~/at-most";
import { welcome } from "./agent-inbox.server";
import { coalesce } from "./coalesce";
import { CLOSE, Connection } from "./connection.server";
import { Connections } from "./connections.server";
import { frameQueue } from "./frame-queue.server";
import { Hub } from "./hub.server";
import { startLeases } from "./leases.server";
import { startListener } from "./listener.server";
import { startLists } from "./lists.server";
import { endReadingAlong } from "./read-along.server";
import { presence, watchCustomers } from "./customers-here.server";
import { sendSignals, tellViewing } from "./signals.server";
import { startSweep } from "./sweep.server";
import { answerUpgrades, type Caller } from "./upgrade.server";

const PING_INTERVAL_MS = 25_000;
const PACE_INTERVAL_MS = 1_000;
/** A client that resumes by itself says so at once; one that does not is made to follow its chat. */
const RESUME_PATIENCE_MS = 300;
/** Clients add up to a quarter of their own: after 5 s everybody who listens has left. */
const RECONNECT_SPREAD_MS = 4_000;
const LEAVE_LIMIT_MS = 5_500;
const LOOK_MS = 50;
/** A fifth of a gigabyte of sockets: more than that is for another copy of the program. */
const MAX_SOCKETS = 20_000;
/** What a graceful stop waits for at most; the whole of it has 10 s. */
const ANSWER_LIMIT_MS = 2_000;
const PUBLISH_LIMIT_MS = 1_000;

/** The second door: sockets in, frames out. @returns whether it hears the other instances, and the graceful way to stop. */
export function startRealtime(server: Server) {
  const hub = new Hub();
  const connections = new Connections();
  let draining = false;

  const lists = startLists(connections);
  const leases = startLeases(connections);
  const customers = watchCustomers(connections);

  const onRows = (rows: MessageRow[]) => hub.rows(rows);
  const onNews = (news: News) => {
    hub.wake(news.chats);
    sendSignals(customers.corrected(news.signals), connections);
    if (news.revoked.size > 0) connections.revoke(news.revoked);
    lists.agentsChanged(news.agents);
    if (news.queue) lists.queueChanged();
    if (news.settings) readersChanged();
  };
  heard.on("rows", onRows);
  heard.on("news", onNews);

  const readersChanged = coalesce(
    () => endReadingAlong(connections),
    0,
    (error) => log().warn({ error: String(error) }, "could not look who reads along"),
  );
  const lookAgain = () => {
    lists.lookAgain();
    readersChanged();
  };
  const catchUp = () => {
    peers.startOver();
    void sayHello({ asks: true });
    hub.catchUpAll();
    lookAgain();
  };
  const listener = startListener({
    onWakeUp: (payload) => {
      const wakeUp = readWakeUp(payload);
      if (!wakeUp || wakeUp.from === INSTANCE_ID) return;
      heardPeer();
      if (wakeUp.asks) void sayHello({ asks: false });
      heard.emit("news", wakeUp.news);
    },
    onConnected: catchUp,
  });
  const forgetPeers = peers.listenFor(listener.healthy);
  // Who was paused, the whole process, was told nothing once the others took it for gone.
  const hellos = every(HELLO_INTERVAL_MS, (late) => (late ? catchUp() : void sayHello({ asks: false })));
  const sweep = startSweep(hub, connections, lookAgain);

  answerUpgrades(server, open, {
    mayOpen: () => !draining && connections.size < MAX_SOCKETS,
    mayJoin: (caller) => connections.hasRoomFor(caller),
  });

  function open(socket: WebSocket, caller: Caller, wire: Duplex) {
    const c = new Connection(socket, caller.door, caller.actor, caller.ip, caller.userAgent, hub, wire);
    c.customerToken = caller.customerToken;
    c.language = caller.language;
    connections.add(c);
    const frames = frameQueue(c);
    socket.on("message", (data, isBinary) => frames.push(isBinary ? "" : data.toString()));
    socket.on("pong", () => (c.alive = true));
    socket.on("error", () => {});
    socket.on("close", () => {
      customers.left(c);
      if (c.viewing) tellViewing(c, c.viewing, false);
      connections.remove(c);
      frames.close();
      leases.release(c).catch(() => {});
    });
    c.send("system:heartbeat", {});
    if (c.door === "cs") void welcomeAgent(c);
    if (c.door === "customer") setTimeout(() => void followOwnChat(c), RESUME_PATIENCE_MS).unref();
  }

  async function welcomeAgent(c: Connection) {
    try {
      await leases.take(c);
      await welcome(c, connections);
    } catch (error) {
      log().warn({ error: String(error) }, "could not welcome an agent");
      c.socket.close(CLOSE.overloaded, "try again");
    }
  }

  // After a pause of this process, answers lie unread: nobody is to blame.
  const pings = every(PING_INTERVAL_MS, (late) => ping(connections, late));
  const pace = setInterval(() => [...connections].forEach((c) => c.checkPace()), PACE_INTERVAL_MS);

  return {
    connections,
    hub,
    listening: () => listener.healthy(),
    /** Resolves when the listener hears for the first time. */
    heard: () => listener.firstHeard,
    draining: () => draining,
    /**
     * Tells clients to go elsewhere, spread over time, and serves them until they have left; finishes what was accepted,
     * and hangs up on who is still there.
     * @param elsewhere false when there is no other copy to go to: nobody is waited for.
     */
    async drain({ elsewhere }: { elsewhere: boolean }) {
      draining = true;
      for (const c of connections) {
        c.send("system:drain", { reconnectInMs: Math.round(Math.random() * RECONNECT_SPREAD_MS) });
      }
      if (elsewhere) await allLeft(connections);
      clearInterval(pings);
      await atMost(ANSWER_LIMIT_MS, Promise.all([...connections].map((c) => c.answered)).then(writerIdle));
      await leases.stop().catch(() => {});
      for (const c of connections) c.socket.close(CLOSE.restart, "restarting");
      await atMost(PUBLISH_LIMIT_MS, publisherIdle());
      await sweep.stop();
      clearInterval(hellos);
      forgetPeers();
      await listener.stop();
      clearInterval(pace);
      heard.off("rows", onRows);
      heard.off("news", onNews);
      for (const c of connections) c.socket.terminate();
    },
  };
}

/** @param work is told whether this process, or its machine, was asleep: the last time was twice as long ago as it should be. */
function every(ms: number, work: (late: boolean) => void): NodeJS.Timeout {
  let last = performance.now();
  return setInterval(() => {
    const late = performance.now() - last > 2 * ms;
    last = performance.now();
    work(late);
  }, ms);
}

async function allLeft(connections: Connections) {
  for (const until = Date.now() + LEAVE_LIMIT_MS; connections.size > 0 && Date.now() < until;) await delay(LOOK_MS);
}

async function followOwnChat(c: Connection) {
  try {
    if (c.following.size > 0 || c.actor?.kind !== "customer") return;
    const chat = await currentChat(c.actor);
    if (!chat || c.following.size > 0) return;
    publish({ signals: [presence(chat.id, true)] });
    c.follow(chat.id, chat.lastSeq, false);
  } catch (error) {
    log().warn({ error: String(error) }, "could not follow a customer's chat");
  }
}

function ping(connections: Connections, patient: boolean) {
  for (const c of connections) {
    if (!c.alive && !patient) {
      c.socket.terminate();
      continue;
    }
    c.alive = false;
    c.socket.ping();
    c.send("system:heartbeat", {});
  }
}
