import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

export interface Target {
  port: number;
  path: string;
  token?: string;
}

export interface WireEvents {
  /** A text frame lies in `bytes` from `start` to `end`, valid only during the call. */
  text(bytes: Buffer, start: number, end: number): void;
  /** Once, after an opened connection has ended. */
  closed(): void;
}

const OPEN_PATIENCE_MS = 20_000;
const [TEXT, CLOSE, PING, PONG] = [1, 8, 9, 10];

/** Every socket reads into the same bytes: each read is worked off before the next begins. */
const shared = Buffer.allocUnsafe(65_536);

/** A WebSocket client that does little: no events, no copies, a mask of zeros. What it saves, the contestants can use. */
export class Wire {
  private rest: Buffer | null = null;
  private upgraded = false;
  private over = false;

  private constructor(
    private readonly socket: Socket,
    private readonly events: WireEvents,
    private readonly opened: (error: Error | null) => void,
  ) {}

  /** @throws when it is refused, ends, or takes too long. */
  static open(target: Target, events: WireEvents): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => wire.end(new Error("too late")), OPEN_PATIENCE_MS);
      const socket = connect({
        host: "127.0.0.1",
        port: target.port,
        noDelay: true,
        onread: { buffer: shared, callback: (size) => (wire.read(size), true) },
      });
      const wire: Wire = new Wire(socket, events, (error) => {
        clearTimeout(late);
        if (error) reject(error);
        else resolve(wire);
      });
      socket.on("error", (error) => wire.end(error));
      socket.on("close", () => wire.end(new Error("closed")));
      socket.write(upgrade(target));
    });
  }

  /** @param frame whole, as `textFrame` makes it. */
  send(frame: Buffer) {
    this.socket.write(frame);
  }

  close() {
    this.over = true;
    this.socket.destroy();
  }

  private end(error: Error) {
    if (this.over) return;
    this.over = true;
    this.socket.destroy();
    if (this.upgraded) this.events.closed();
    else this.opened(error);
  }

  private read(size: number) {
    const fresh = shared.subarray(0, size);
    const bytes = this.rest ? Buffer.concat([this.rest, fresh]) : fresh;
    const used = this.upgraded ? this.frames(bytes, 0) : this.answer(bytes);
    this.rest = used < bytes.length ? Buffer.from(bytes.subarray(used)) : null;
  }

  private answer(bytes: Buffer): number {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return 0;
    const status = bytes.toString("latin1", 9, 12);
    if (status !== "101") {
      this.end(new Error(`refused ${status}`));
      return bytes.length;
    }
    this.upgraded = true;
    this.opened(null);
    return this.frames(bytes, end + 4);
  }

  /** @returns where the first incomplete frame begins. */
  private frames(bytes: Buffer, from: number): number {
    let at = from;
    while (at + 2 <= bytes.length) {
      let length = (bytes[at + 1] ?? 0) & 127;
      let start = at + 2;
      if (length === 126) {
        if (at + 4 > bytes.length) break;
        length = bytes.readUInt16BE(at + 2);
        start = at + 4;
      } else if (length === 127) {
        if (at + 10 > bytes.length) break;
        length = bytes.readUInt32BE(at + 6);
        start = at + 10;
      }
      const end = start + length;
      if (end > bytes.length) break;
      const kind = (bytes[at] ?? 0) & 15;
      if (kind === TEXT) this.events.text(bytes, start, end);
      else if (kind === PING) this.send(frameOf(PONG, bytes.subarray(start, end)));
      else if (kind === CLOSE) this.end(new Error("closed"));
      at = end;
    }
    return at;
  }
}

export const textFrame = (text: string): Buffer => frameOf(TEXT, Buffer.from(text));

/** Masked, as clients must; the mask is zero, so the payload stands as it is. */
function frameOf(kind: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = length < 126 ? [0x80 | kind, 0x80 | length] : [0x80 | kind, 0xfe, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

function upgrade({ port, path, token }: Target) {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    ...(token ? [`Authorization: Bearer ${token}`] : []),
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}
