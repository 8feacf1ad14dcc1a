import { once } from "node:events";
import { WebSocket } from "ws";

export interface Frame {
  event: string;
  data: Record<string, unknown> & { message?: Record<string, unknown> };
  requestId?: string | number;
}

export type RawSocket = Awaited<ReturnType<typeof openRaw>>;

/** A socket that remembers every frame, for tests of the protocol itself. @throws with the status when it is refused. */
export async function openRaw(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(url.replace(/^http/, "ws"), { headers });
  const frames: Frame[] = [];
  let lastRequest = 0;
  const watchers = new Set<() => void>();
  socket.on("message", (data) => {
    frames.push(JSON.parse(data.toString()) as Frame);
    for (const look of watchers) look();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
    socket.once("unexpected-response", (_request, response) => reject(new Error(`refused ${response.statusCode}`)));
  });

  const until = (wanted: (frame: Frame) => boolean, patienceMs = 8_000) =>
    new Promise<Frame>((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(look);
        reject(new Error(`did not come; got ${frames.map((f) => f.event).join(" ")}`));
      }, patienceMs);
      const look = () => {
        const found = frames.find(wanted);
        if (!found) return;
        clearTimeout(timer);
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });

  return {
    socket,
    frames,
    until,
    event: (name: string, patienceMs?: number) => until((f) => f.event === name, patienceMs),
    /** The answer to a frame: whatever carries its requestId. */
    request(event: string, data: object = {}) {
      const requestId = `r${++lastRequest}`;
      socket.send(JSON.stringify({ event, data, requestId }));
      return until((f) => f.requestId === requestId);
    },
    say: (event: string, data: object = {}) => socket.send(JSON.stringify({ event, data })),
    /** The texts that this socket was shown, in order. */
    texts: () => frames.flatMap((f) => (f.event === "chat:message" ? [String(f.data.message?.content)] : [])),
    seqs: () => frames.flatMap((f) => (f.event === "chat:message" ? [Number(f.data.message?.seq)] : [])),
    forget: () => frames.splice(0),
    async close() {
      if (socket.readyState === socket.CLOSED) return;
      socket.close();
      await once(socket, "close");
    },
  };
}
