import { Disconnected } from "./refused";
import type { LiveSocket } from "./socket";

/**
 * A request that does not mind a moment: a button pressed before the first connection stands, or while it comes back,
 * waits for it. Rejects with Disconnected when that takes longer than a connection ever does.
 */
export async function whenConnected<T = unknown>(socket: LiveSocket, event: string, data: object): Promise<T> {
  if (!connected(socket)) await comingBack(socket);
  return socket.request<T>(event, data);
}

/** Requests can be made: through a socket, or one by one. */
export const connected = ({ state }: LiveSocket) => state === "live" || state === "polling";

function comingBack(socket: LiveSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = socket.onState((state) => {
      if (connected(socket)) settle(resolve);
      else if (state === "closed") settle(() => reject(new Disconnected()));
    });
    const timer = setTimeout(() => settle(() => reject(new Disconnected())), socket.timings.openTimeoutMs);
    const settle = (how: () => void) => {
      stop();
      clearTimeout(timer);
      how();
    };
  });
}
