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
  let frozenLinks = new WeakSet<Socket>();
  let freezeNew = false;
  let bytesPerSecond = Infinity;

  const stopped = (direction: "up" | "down", link: Link) =>
    (frozen === "both" || frozen === direction) && frozenLinks.has(link.client);

  function pass(link: Link, direction: "up" | "down", look: (bytes: Buffer) => Buffer | null) {
    const [from, to] = direction === "up" ? [link.client, link.server] : [link.server, link.client];
    let resting: NodeJS.Timeout | undefined;
    from.on("data", (bytes: Buffer) => {
      const onward = look(bytes);
      if (onward === null) return cutLink(link);
      if (onward.length > 0 && !to.write(onward)) from.pause();
      if (bytesPerSecond === Infinity) return;
      from.pause();
      resting = setTimeout(() => !stopped(direction, link) && from.resume(), (bytes.length / bytesPerSecond) * 1_000);
    });
    to.on("drain", () => !stopped(direction, link) && from.resume());
    from.on("end", () => to.end());
    from.on("error", () => to.destroy());
    from.on("close", () => (clearTimeout(resting), to.destroy()));
    if (stopped(direction, link)) from.pause();
  }

  const listening = createServer({ noDelay: true }, (client) => {
    const to = target();
    if (!to) return void client.destroy();
    const server = connect({ host: to.host ?? "127.0.0.1", port: to.port, noDelay: true });
    const link = { client, server };
    const watcher = watch?.();
    links.add(link);
    if (freezeNew) frozenLinks.add(client);
    client.on("close", () => links.delete(link));
    pass(link, "up", (bytes) => (watcher?.up(bytes), bytes));
    pass(link, "down", (bytes) => (watcher ? watcher.down(bytes) : bytes));
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
    /** Black hole: nothing passes and nobody is told. New connections pass, unless `newToo`. @returns how many froze. */
    freeze(direction: Direction = "both", { newToo = false } = {}) {
      frozen = direction;
      freezeNew = newToo;
      for (const link of links) {
        frozenLinks.add(link.client);
        if (stopped("up", link)) link.client.pause();
        if (stopped("down", link)) link.server.pause();
      }
      return links.size;
    },
    thaw() {
      frozen = null;
      freezeNew = false;
      frozenLinks = new WeakSet();
      for (const link of links) {
        link.client.resume();
        link.server.resume();
      }
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
