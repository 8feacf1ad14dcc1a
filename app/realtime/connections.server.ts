import { networkOf } from "~/auth/network.server";
import { CLOSE, type Connection, type Door } from "./connection.server";
import { textFrame } from "./text-frame";

/** Every open socket of this process. */
export class Connections {
  private all = new Set<Connection>();
  private customersFrom = new Map<string, number>();

  add(connection: Connection) {
    this.all.add(connection);
    this.count(connection, 1);
  }

  remove(connection: Connection) {
    if (this.all.delete(connection)) this.count(connection, -1);
    connection.left();
  }

  /** Sockets of customers, whom nobody knows, from one network. */
  from(network: string): number {
    return this.customersFrom.get(network) ?? 0;
  }

  private count({ door, ip }: Connection, more: 1 | -1) {
    if (door !== "customer") return;
    const network = networkOf(ip);
    const now = this.from(network) + more;
    if (now > 0) this.customersFrom.set(network, now);
    else this.customersFrom.delete(network);
  }

  [Symbol.iterator]() {
    return this.all.values();
  }

  get size() {
    return this.all.size;
  }

  at(door: Door): Connection[] {
    return [...this.all].filter((c) => c.door === door);
  }

  ofAgent(userId: number): Connection[] {
    return this.at("cs").filter((c) => c.actor?.kind === "staff" && c.actor.userId === userId);
  }

  /** Users with an open agent's workspace here. */
  agents(): Set<number> {
    return new Set(this.at("cs").flatMap((c) => (c.actor?.kind === "staff" ? [c.actor.userId] : [])));
  }

  /** Ends the sockets of sign-ins that are over. */
  revoke(sids: Iterable<string>) {
    const over = new Set(sids);
    for (const c of this.all) {
      if (c.actor?.kind === "staff" && over.has(c.actor.sid)) c.socket.close(CLOSE.revoked, "signed out");
    }
  }

  broadcast(door: Door, event: string, data: unknown) {
    const frame = textFrame(JSON.stringify({ event, data, timestamp: new Date().toISOString() }));
    for (const c of this.all) if (c.door === door) c.sendFrame(frame);
  }
}
