import { networkOf } from "~/auth/network.server";
import { env } from "~/env.server";
import { CLOSE, type Connection, type Door } from "./connection.server";
import { textFrame } from "./text-frame";

/** Times RATE_LIMIT_FACTOR: a large office that looks on, and more tabs than anybody has. */
const [MOST_OF_NETWORK, MOST_OF_CUSTOMER] = [1_000, 200];

type Comer = Pick<Connection, "door" | "actor" | "ip">;

/** What can be had for nothing: sockets of one customer, and of strangers from one network. null for the staff. */
function crowdOf({ door, actor, ip }: Comer): string | null {
  if (door !== "customer") return null;
  return actor?.kind === "customer" ? `customer:${actor.visitorId}` : `network:${networkOf(ip)}`;
}

/** Every open socket of this process. */
export class Connections {
  private all = new Set<Connection>();
  /** How many there are of each crowd, and which one a socket came with: whoever starts a chat stays in it. */
  private crowds = new Map<string, number>();
  private cameWith = new Map<Connection, string>();

  add(connection: Connection) {
    this.all.add(connection);
    const crowd = crowdOf(connection);
    if (!crowd) return;
    this.cameWith.set(connection, crowd);
    this.crowds.set(crowd, this.sizeOf(crowd) + 1);
  }

  remove(connection: Connection) {
    this.all.delete(connection);
    connection.left();
    const crowd = this.cameWith.get(connection);
    if (!crowd) return;
    this.cameWith.delete(connection);
    if (this.sizeOf(crowd) > 1) this.crowds.set(crowd, this.sizeOf(crowd) - 1);
    else this.crowds.delete(crowd);
  }

  hasRoomFor(comer: Comer): boolean {
    const [crowd, factor] = [crowdOf(comer), env().RATE_LIMIT_FACTOR];
    if (!crowd || factor === 0) return true;
    return this.sizeOf(crowd) < (comer.actor ? MOST_OF_CUSTOMER : MOST_OF_NETWORK) * factor;
  }

  private sizeOf(crowd: string): number {
    return this.crowds.get(crowd) ?? 0;
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
