import { Disconnected, Refused } from "./refused";

export interface Frame {
  event: string;
  data?: unknown;
  requestId?: string;
}

interface Waiting {
  size: number;
  resolve(data: unknown): void;
  reject(error: Error): void;
}

/** Requests that wait for the one answer that carries their requestId. */
export function trackRequests(timeoutMs: number, onTimeout: (sentAt: number) => void, now: () => number) {
  const waiting = new Map<string, Waiting>();
  let count = 0;

  function open(event: string, data: unknown, send: (text: string) => void): Promise<unknown> {
    const requestId = String(++count);
    const text = JSON.stringify({ event, data, requestId });
    return new Promise((resolve, reject) => {
      const sentAt = now();
      const timer = setTimeout(() => {
        settle(requestId)?.reject(new Disconnected("The server did not answer in time."));
        onTimeout(sentAt);
      }, timeoutMs);
      const stop =
        <T>(then: (value: T) => void) =>
        (value: T) => (clearTimeout(timer), then(value));
      waiting.set(requestId, { size: text.length, resolve: stop(resolve), reject: stop(reject) });
      send(text);
    });
  }

  function settle(requestId: string): Waiting | undefined {
    const one = waiting.get(requestId);
    waiting.delete(requestId);
    return one;
  }

  function answer({ event, data, requestId }: Frame): void {
    const one = requestId === undefined ? undefined : settle(requestId);
    if (event === "system:error") one?.reject(Refused.from(data as { code?: string; message?: string }));
    else one?.resolve(data);
  }

  /** The connection is gone. `tooBig`: it closed over the size of a frame, and sending that one again would close the next too. */
  function abandon(tooBig = false): void {
    const all = [...waiting.values()].sort((a, b) => b.size - a.size);
    waiting.clear();
    all.forEach((one, i) =>
      one.reject(tooBig && i === 0 ? new Refused("INVALID", "That is too long to send.") : new Disconnected()),
    );
  }

  return { open, answer, abandon, count: () => waiting.size };
}
