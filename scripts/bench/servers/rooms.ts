import { createServer } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { chatsIn, listen, sentFrame, type Sent } from "./frames.ts";

/** Sockets that sit in the rooms of their chats, and what comes in on them. */
export function openRooms(onSend: (socket: WebSocket, sent: Sent, requestId: string) => void) {
  const rooms = new Map<string, Set<WebSocket>>();
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket, request) => {
    const chats = chatsIn(request.url);
    for (const chat of chats) rooms.set(chat, (rooms.get(chat) ?? new Set()).add(socket));
    socket.on("message", (data) => {
      const frame = sentFrame.safeParse(JSON.parse(String(data)));
      if (frame.success) onSend(socket, frame.data.data, frame.data.requestId);
    });
    socket.on("error", () => {});
    socket.on("close", () => chats.forEach((chat) => rooms.get(chat)?.delete(socket)));
  });
  listen(server);
  return {
    tell(chat: string, text: string) {
      for (const socket of rooms.get(chat) ?? []) socket.send(text);
    },
  };
}
