import { createServer } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";

/** (a) The least that a chat could do: sockets, the same frames, no database, nothing kept. */
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const agentOf = new Map<string, WebSocket>();
let seq = 0;

sockets.on("connection", (socket, request) => {
  const url = new URL(request.url ?? "/", "http://here");
  for (const chat of url.searchParams.get("listen")?.split(",") ?? []) agentOf.set(chat, socket);
  socket.on("message", (data) => {
    const { data: message, requestId } = JSON.parse(String(data)) as {
      data: { sessionId: string; clientId: string; content: string };
      requestId: string;
    };
    const createdAt = new Date().toISOString();
    seq++;
    const { sessionId, clientId, content } = message;
    const told = { event: "chat:message", data: { sessionId, message: { seq, clientId, content, createdAt } } };
    agentOf.get(sessionId)?.send(JSON.stringify(told));
    socket.send(JSON.stringify({ event: "message:sent", data: { sessionId, clientId, seq, createdAt }, requestId }));
  });
});

server.listen(0, "127.0.0.1", () => {
  process.send?.({ listening: { port: (server.address() as { port: number }).port } });
});
process.on("SIGTERM", () => process.exit(0));
