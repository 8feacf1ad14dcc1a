import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { Message } from "~/chat/shapes";

export interface Asked {
  event: string;
  data: {
    sessionId: string;
    clientId: string;
    content: string;
    after: number;
    seq: number;
    isTyping: boolean;
    preview?: string;
  };
  requestId?: string;
  socket: WebSocket;
}

/** Answers true when it took care of the frame itself. */
type Intercept = (asked: Asked, desk: SmallDesk) => boolean | void;

export type SmallDesk = Awaited<ReturnType<typeof startSmallDesk>>;

/** A server with real sockets and one chat in memory that keeps the protocol's promises, and breaks them on demand. */
export async function startSmallDesk() {
  const log: Message[] = [];
  const asked: Asked[] = [];
  const calls: string[] = [];
  /** What browsers are served: path -> type and body. */
  const pages = new Map<string, [string, string]>();
  const sockets = new Set<WebSocket>();
  const connections = new Set<Socket>();
  const faults = {
    blockUpgrades: false as false | "refuse" | "hang",
    httpStatus: 200,
    /** How long a send takes to be stored and acknowledged. */
    sendTakesMs: 0,
    intercept: (() => false) as Intercept,
    onConnect: ((socket) => void socket) as (socket: WebSocket) => void,
    onRefresh: () => 200,
  };
  const http = createServer((request, response) => void answerHttp(request, response));
  const upgrades = new WebSocketServer({ noServer: true });
  http.on("connection", (socket) => {
    connections.add(socket);
    socket.on("close", () => connections.delete(socket));
  });
  http.on("upgrade", (request, socket, head) => {
    calls.push(`UPGRADE ${request.url}`);
    if (faults.blockUpgrades === "hang") return;
    if (faults.blockUpgrades === "refuse") return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    upgrades.handleUpgrade(request, socket, head, (ws) => {
      sockets.add(ws);
      ws.on("close", () => sockets.delete(ws));
      ws.on("message", (text) => void hear({ ...JSON.parse(String(text)), socket: ws }));
      faults.onConnect(ws);
    });
  });
  await listen(0);
  const { port } = http.address() as AddressInfo;

  function listen(at: number): Promise<void> {
    return new Promise((resolve) => http.listen(at, "127.0.0.1", resolve));
  }

  const desk = {
    log,
    asked,
    calls,
    pages,
    sockets,
    faults,
    url: `ws://127.0.0.1:${port}/ws/chat`,
    staffUrl: `ws://127.0.0.1:${port}/ws/cs`,
    tell,
    tellAll: (event: string, data: unknown) => sockets.forEach((socket) => tell(socket, event, data)),
    write,
    /** What clients see of a stored row. */
    show: (message: Message) => desk.tellAll("chat:message", { sessionId: "s1", message }),
    sent: () => asked.filter(({ event }) => event.endsWith("send_message")).map(({ data }) => data.content),
    cut: () => sockets.forEach((socket) => socket.terminate()),
    async stop(): Promise<void> {
      desk.cut();
      connections.forEach((socket) => socket.destroy());
      await new Promise((resolve) => http.close(resolve));
    },
    start: () => listen(port),
  };
  return desk;

  function tell(socket: WebSocket, event: string, data: unknown, requestId?: string): void {
    socket.send(JSON.stringify({ event, data, requestId }));
  }

  function write(content: string, from: Partial<Message> = {}): Message {
    const repeated = from.clientId && log.find(({ clientId }) => clientId === from.clientId);
    if (repeated) return repeated;
    const seq = log.length + 1;
    const message: Message = {
      id: `m${seq}`,
      seq,
      clientId: null,
      senderType: "cs",
      senderId: 7,
      senderName: "Dewi",
      messageType: "text",
      content,
      attachments: [],
      createdAt: new Date(seq * 1000).toISOString(),
      ...from,
    };
    log.push(message);
    return message;
  }

  async function hear(one: Asked): Promise<void> {
    asked.push(one);
    if (faults.intercept(one, desk)) return;
    const { event, data, requestId, socket } = one;
    if (event === "chat:resume") {
      const missing = log.filter(({ seq }) => seq > data.after);
      for (const message of missing) tell(socket, "chat:message", { sessionId: data.sessionId, message });
      return tell(socket, "chat:resumed", { sessionId: data.sessionId, seq: log.length }, requestId);
    }
    if (event.endsWith("send_message")) {
      if (faults.sendTakesMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.sendTakesMs));
      const known = log.length;
      const message = store(event, data);
      tell(socket, "message:sent", ack(data, message), requestId);
      return message.seq > known ? desk.show(message) : undefined;
    }
    if (requestId) tell(socket, `${event}:done`, {}, requestId);
  }

  function store(event: string, { clientId, content }: Asked["data"]): Message {
    const senderType = event.startsWith("cs") ? "cs" : "customer";
    return write(content, { clientId, senderType, senderId: null, senderName: "Ada" });
  }

  function ack({ sessionId, clientId }: Asked["data"], { id, seq, createdAt }: Message) {
    return { sessionId, clientId, messageId: id, seq, createdAt };
  }

  async function answerHttp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, "http://desk");
    calls.push(`${request.method} ${url.pathname}`);
    const answer = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const [type, body] = pages.get(url.pathname) ?? [];
    if (type) return void response.writeHead(200, { "content-type": type }).end(body);
    if (url.pathname === "/api/auth/refresh") return void answer(faults.onRefresh(), {});
    if (faults.httpStatus !== 200) {
      return void answer(faults.httpStatus, {
        success: false,
        error: { code: "UNAUTHENTICATED", message: "Sign in." },
      });
    }
    if (["/api/health", "/api/auth/me"].includes(url.pathname)) return void answer(200, { status: "ok" });
    if (request.method === "POST") {
      const data = JSON.parse(Buffer.concat(await request.toArray()).toString()) as Asked["data"];
      const known = log.length;
      const message = store("customer:send_message", data);
      answer(201, { success: true, message });
      // Whoever is on a socket sees what came by a plain request, too.
      return message.seq > known ? desk.show(message) : undefined;
    }
    const after = Number(url.searchParams.get("after"));
    const until = Date.now() + Number(url.searchParams.get("wait")) * 1000;
    while (log.length <= after && Date.now() < until && !response.destroyed)
      await new Promise((r) => setTimeout(r, 20));
    answer(200, {
      success: true,
      sessionId: "s1",
      messages: log.filter(({ seq }) => seq > after),
      lastSeq: log.length,
    });
  }
}
