import { CLOSE, type Connection, type Door } from "./connection.server";
import { textFrame } from "./text-frame";

/** Every open socket of this process. */
export class Connections {
  private all = new Set<Connection>();

  add(connection: Connection) {
    this.all.add(connection);
  }

  remove(connection: Connection) {
    this.all.delete(connection);
    connection.left();
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
