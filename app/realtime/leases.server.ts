import { releaseLeases, renewLease, renewLeases } from "~/people/presence.server";
import { publish } from "~/chat/publish.server";
import { serveQueue } from "~/chat/serve-queue.server";
import { log } from "~/log.server";
import type { Connection } from "./connection.server";
import type { Connections } from "./connections.server";

const RENEW_INTERVAL_MS = 10_000;

/** An open workspace is a sign of life, renewed every 10 s; several tabs are several leases. */
export function startLeases(connections: Connections) {
  const timer = setInterval(() => void renewAll(connections), RENEW_INTERVAL_MS);
  return {
    async take(connection: Connection) {
      if (connection.door !== "cs" || connection.actor?.kind !== "staff") return;
      await renewLease(connection.id, connection.actor.userId);
      await letGoOfClosed([connection.id], connections);
      publish({ agents: new Set([connection.actor.userId]), queue: true });
      await serveQueue();
    },
    async release(connection: Connection) {
      if (connection.door !== "cs" || connection.actor?.kind !== "staff") return;
      await releaseLeases([connection.id]);
      publish({ agents: new Set([connection.actor.userId]), queue: true });
    },
    async stop() {
      clearInterval(timer);
      await releaseLeases(connections.at("cs").map((c) => c.id));
      publish({ agents: connections.agents(), queue: true });
    },
  };
}

/** A process that was stopped, or a tab that slept, may come too late with this: then it is as if they had just come in. */
async function renewAll(connections: Connections) {
  const leases = connections
    .at("cs")
    .flatMap((c) => (c.alive && c.actor?.kind === "staff" ? [{ id: c.id, userId: c.actor.userId }] : []));
  try {
    const back = await renewLeases(leases);
    const ids = leases.map((l) => l.id);
    await letGoOfClosed(ids, connections);
    if (back.length === 0) return;
    publish({ agents: new Set(back), queue: true });
    await serveQueue();
  } catch (error) {
    log().warn({ error: String(error) }, "could not renew leases");
  }
}

/** Who hung up while their lease was being written would stay for half a minute. */
async function letGoOfClosed(ids: string[], connections: Connections) {
  const open = new Set<string>([...connections].map((c) => c.id));
  await releaseLeases(ids.filter((id) => !open.has(id)));
}
