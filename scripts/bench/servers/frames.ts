import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { z } from "zod";

/** What a customer sends, to every contestant; nobody may take it unread. */
export const sent = z.object({
  sessionId: z.uuid(),
  clientId: z.string().min(1).max(64),
  content: z.string().min(1).max(8_000),
});

export type Sent = z.infer<typeof sent>;

export const sentFrame = z.object({ event: z.literal("customer:send_message"), data: sent, requestId: z.string() });

export interface Stored {
  seq: number | string;
  createdAt: string;
}

/** The row as HeraDesk tells it, so that every contestant moves the same number of bytes. */
export const rowOf = ({ sessionId, clientId, content }: Sent, { seq, createdAt }: Stored) => ({
  sessionId,
  message: {
    id: `${sessionId}:${seq}`,
    seq,
    clientId,
    senderType: "customer",
    senderId: null,
    senderName: null,
    messageType: "text",
    content,
    attachments: [],
    createdAt,
  },
});

export const ackOf = ({ sessionId, clientId }: Sent, { seq, createdAt }: Stored) => ({
  sessionId,
  clientId,
  messageId: `${sessionId}:${seq}`,
  seq,
  createdAt,
});

export const frameOf = (event: string, data: object, requestId?: string) =>
  JSON.stringify({ event, data, requestId, timestamp: new Date().toISOString() });

/** The chats that a socket listens to: its own, or those of an agent. */
export const chatsIn = (url = "") => new URL(url, "http://here").searchParams.get("chats")?.split(",") ?? [];

/** A reference has nothing to save: it says where it listens, and ends when it is told or left alone. */
export function listen(server: Server) {
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ listening: { port: (server.address() as AddressInfo).port } });
  });
  process.on("SIGTERM", () => process.exit(0));
  process.on("disconnect", () => process.exit(0));
}
