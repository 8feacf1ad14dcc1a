import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";

export type Direction = "up" | "down" | "both";

/** Looks at what goes by on one connection; `true` ends it, the bytes undelivered. */
export interface Watcher {
  up(bytes: Buffer): void;
  /** @returns what may go on now, perhaps nothing yet; null cuts the connection. */
  down(bytes: Buffer): Buffer | null;
}

export interface ProxyOptions {
  /** Asked for each new connection; null refuses it. */
  target: () => { host?: string; port: number } | null;
  watch?: () => Watcher;
}

interface Link {
  client: Socket;
  server: Socket;
}

export type Proxy = Awaited<ReturnType<typeof startProxy>>;

/** A TCP proxy on loopback that can cut, freeze (a black hole: no data, no FIN) and throttle what goes through it. */
export async function startProxy({ target, watch }: ProxyOptions) {
  const links = new Set<Link>();
  let frozen: Direction | null = null;
  let bytesPerSecond = Infinity;

  const stopped = (direction: Direction) => frozen === "both" || frozen === direction;

  function pass(from: Socket, to: Socket, direction: "up" | "down", look: (bytes: Buffer) => Buffer | null) {
    let resting: NodeJS.Timeout | undefined;
    from.on("data", (bytes: Buffer) => {
      const onward = look(bytes);
      if (onward === null) return cutLink({ client: from, server: to });
      if (onward.length > 0 && !to.write(onward)) from.pause();
      if (bytesPerSecond === Infinity) return;
      from.pause();
      resting = setTimeout(() => !stopped(direction) && from.resume(), (bytes.length / bytesPerSecond) * 1_000);
    });
    to.on("drain", () => !stopped(direction) && from.resume());
    from.on("end", () => to.end());
    from.on("error", () => to.destroy());
    from.on("close", () => (clearTimeout(resting), to.destroy()));
    if (stopped(direction)) from.pause();
  }

  const listening = createServer({ noDelay: true }, (client) => {
    const to = target();
    if (!to) return void client.destroy();
    const server = connect({ host: to.host ?? "127.0.0.1", port: to.port, noDelay: true });
    const link = { client, server };
    const watcher = watch?.();
    links.add(link);
    client.on("close", () => links.delete(link));
    pass(client, server, "up", (bytes) => (watcher?.up(bytes), bytes));
    pass(server, client, "down", (bytes) => (watcher ? watcher.down(bytes) : bytes));
  }).listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as { port: number };

  return {
    port,
    connections: () => links.size,
    /** Resets every connection; @returns how many there were. */
    cut() {
      const count = links.size;
      for (const link of links) cutLink(link);
      return count;
    },
    /** Black hole: nothing passes and nobody is told; new connections are taken and go nowhere. */
    freeze(direction: Direction = "both") {
      frozen = direction;
      for (const link of links) {
        if (stopped("up")) link.client.pause();
        if (stopped("down")) link.server.pause();
      }
      return links.size;
    },
    thaw() {
      frozen = null;
      for (const link of links) (link.client.resume(), link.server.resume());
    },
    throttle(rate: number) {
      bytesPerSecond = rate;
    },
    async stop() {
      for (const link of links) cutLink(link);
      listening.close();
      if (listening.listening) await once(listening, "close");
    },
  };
}

function cutLink({ client, server }: Link) {
  client.resetAndDestroy();
  server.resetAndDestroy();
}
